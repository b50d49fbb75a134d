// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One DTLS session of {@code openssl s_client} with a pre-shared key, over which raw CoAP messages
 * go, one record each, and of which OpenSSL itself exports key material.
 *
 * <p>Requests go one at a time: s_client writes what it receives to its output with nothing between
 * two records.
 */
public final class OpenSslClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int EXPORTED_OCTETS = 48;
  private static final int BEFORE_MESSAGE_ID = 2;
  private static final int MESSAGE_ID_AND_TOKEN = 6;
  private static final int HEADER = BEFORE_MESSAGE_ID + MESSAGE_ID_AND_TOKEN;

  private static final Pattern EXPORTED =
      Pattern.compile("Keying material: ([0-9A-F]{96})\\s+---\\R");

  /** As in: error:0A000412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate:… */
  private static final Pattern ALERT = Pattern.compile("alert ([a-z ]+):");

  private final Process process;
  private final OutputStream stdin;
  private final Output output;
  private final byte[] exported;

  private OpenSslClient(Process process, Duration patience) {
    this.process = process;
    stdin = process.getOutputStream();
    output = new Output(process.getInputStream());
    exported = awaitHandshake(patience);
  }

  /**
   * What to connect with.
   *
   * @param port the server's on loopback
   * @param serverName goes into SNI
   * @param identity psk_identity
   * @param key the pre-shared key
   * @param exporterLabel label to export under, without a context value
   */
  @SuppressWarnings("ArrayRecordComponent") // a parameter object, never compared
  public record Settings(
      int port, String serverName, String identity, byte[] key, String exporterLabel) {}

  /** Where the program is, if it is. */
  public static Optional<Path> program() {
    return Programs.find("openssl");
  }

  /**
   * Shakes hands.
   *
   * @throws PeerFailedException if that fails or the program is missing
   */
  public static OpenSslClient connect(Settings settings) {
    return connect(settings, PATIENCE);
  }

  /**
   * Shakes hands within a time.
   *
   * @throws PeerFailedException if that fails or the program is missing
   */
  public static OpenSslClient connect(Settings settings, Duration patience) {
    return connect(
        settings.port(),
        settings.serverName(),
        settings.exporterLabel(),
        List.of(
            "-psk_identity",
            settings.identity(),
            "-psk",
            HexFormat.of().formatHex(settings.key()),
            "-cipher",
            "PSK-AES128-CCM8:@SECLEVEL=0"),
        patience);
  }

  /**
   * What to connect with, where both sides show certificates.
   *
   * @param port the server's on loopback
   * @param serverName goes into SNI, and has to be in the server's certificate
   * @param certificate a file with the client's certificate and those behind it
   * @param key a file with its key
   * @param trusted a file with the CA that the server's certificate has to be of
   * @param exporterLabel label to export under, without a context value
   */
  public record CertificateSettings(
      int port,
      String serverName,
      Path certificate,
      Path key,
      Path trusted,
      String exporterLabel) {}

  /**
   * Shakes hands with certificates on both sides.
   *
   * @throws PeerFailedException if that fails, with the alert that came, or the program is missing
   */
  public static OpenSslClient connect(CertificateSettings settings) {
    return connect(
        settings.port(),
        settings.serverName(),
        settings.exporterLabel(),
        List.of(
            "-cert",
            settings.certificate().toString(),
            "-cert_chain",
            settings.certificate().toString(),
            "-key",
            settings.key().toString(),
            "-CAfile",
            settings.trusted().toString(),
            "-verify_hostname",
            settings.serverName(),
            "-verify_return_error",
            "-cipher",
            "ECDHE-ECDSA-AES128-CCM8:@SECLEVEL=0",
            "-curves",
            "P-256"),
        PATIENCE);
  }

  private static OpenSslClient connect(
      int port,
      String serverName,
      String exporterLabel,
      List<String> credential,
      Duration patience) {
    Path program = program().orElseThrow(() -> new PeerFailedException("openssl is not installed"));
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "s_client",
                "-dtls1_2",
                "-connect",
                "127.0.0.1:" + port,
                "-servername",
                serverName));
    command.addAll(credential);
    command.addAll(
        List.of(
            "-keymatexport", exporterLabel, "-keymatexportlen", Integer.toString(EXPORTED_OCTETS)));
    try {
      return new OpenSslClient(
          new ProcessBuilder(command).redirectErrorStream(true).start(), patience);
    } catch (IOException e) {
      throw new UncheckedIOException("openssl s_client", e);
    }
  }

  private byte[] awaitHandshake(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      String report = output.text();
      Matcher refused = ALERT.matcher(report);
      if (refused.find()) {
        process.destroyForcibly();
        throw new PeerFailedException("openssl s_client: alert " + refused.group(1));
      }
      Matcher found = EXPORTED.matcher(report);
      if (found.find()) {
        return HexFormat.of().parseHex(found.group(1).toLowerCase(Locale.ROOT));
      }
      if (!output.awaitMore(deadline)) {
        break;
      }
    }
    process.destroyForcibly();
    throw new PeerFailedException("openssl s_client: no handshake within " + patience);
  }

  /** What OpenSSL exported from this handshake: 48 octets. */
  public byte[] exported() {
    return exported.clone();
  }

  /** Everything s_client has told of its handshake. */
  public String report() {
    return output.text();
  }

  /**
   * Sends a confirmable request and waits for its answer, piggybacked or separate.
   *
   * @throws PeerFailedException if none comes
   */
  public RawCoap exchange(RawCoap request) {
    byte[] encoded = request.encode();
    int from = output.length();
    write(encoded);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (output.awaitMore(deadline)) {
      byte[] received = output.since(from);
      int start = answerStart(received, request.token());
      if (start >= 0) {
        RawCoap answer = RawCoap.decode(Arrays.copyOfRange(received, start, received.length));
        if (answer.type() == RawCoap.Type.CON) {
          write(RawCoap.acknowledge(answer.messageId()).encode());
        }
        return answer;
      }
    }
    throw new PeerFailedException("openssl s_client: no answer within " + PATIENCE);
  }

  /** An empty acknowledgement, or a line of s_client's own, may stand before the answer. */
  private static int answerStart(byte[] received, byte[] token) {
    for (int start = 0; start + HEADER <= received.length; start++) {
      int tokenAt = start + HEADER - token.length;
      boolean sameToken =
          Arrays.equals(received, tokenAt, tokenAt + token.length, token, 0, token.length);
      boolean looksLikeCoap = (received[start] & 0xCF) == (0x40 | token.length);
      if (sameToken && looksLikeCoap && received[start + 1] != RawCoap.EMPTY) {
        return start;
      }
    }
    return -1;
  }

  private void write(byte[] record) {
    try {
      stdin.write(record);
      stdin.flush();
    } catch (IOException e) {
      throw new PeerFailedException("openssl s_client has ended", e);
    }
  }

  /** Whether the session stands: s_client ends with it. */
  public boolean isOpen() {
    return process.isAlive();
  }

  /** Whether the session ends within a time, as when the server sends close_notify. */
  public boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the session with a close_notify, which s_client sends at the end of its input. */
  @Override
  public void close() {
    try {
      stdin.close();
    } catch (IOException e) {
      process.destroyForcibly();
    }
    if (!endsWithin(Duration.ofSeconds(2))) {
      process.destroyForcibly();
    }
  }

  /** Collects a stream as it comes. */
  private static final class Output {
    private static final int BUFFER = 65_536;
    private byte[] collected = new byte[0];
    private boolean ended;
    private int seen;

    Output(InputStream stream) {
      Thread reader = new Thread(() -> readAll(stream), "openssl-output");
      reader.setDaemon(true);
      reader.start();
    }

    private void readAll(InputStream stream) {
      byte[] buffer = new byte[BUFFER];
      try {
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
          append(buffer, read);
        }
      } catch (IOException e) {
        // The process was ended: what came before counts.
      }
      end();
    }

    private synchronized void append(byte[] buffer, int length) {
      int before = collected.length;
      collected = Arrays.copyOf(collected, before + length);
      System.arraycopy(buffer, 0, collected, before, length);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    /** Waits until more has come than at the last call; false at the end or the deadline. */
    synchronized boolean awaitMore(long deadline) {
      try {
        while (collected.length == seen) {
          long left = deadline - System.nanoTime();
          if (ended || left <= 0) {
            return false;
          }
          TimeUnit.NANOSECONDS.timedWait(this, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      seen = collected.length;
      return true;
    }

    synchronized int length() {
      return collected.length;
    }

    synchronized byte[] since(int from) {
      return Arrays.copyOfRange(collected, from, collected.length);
    }

    synchronized String text() {
      return new String(collected, StandardCharsets.ISO_8859_1);
    }
  }
}
