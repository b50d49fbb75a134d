// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One DTLS session of another's command line client, over which raw CoAP messages go, one record
 * each, and of which that client itself exports key material.
 *
 * <p>Requests go one at a time: the clients write what they receive to their output with nothing
 * between two records.
 */
public abstract sealed class DtlsPeer implements AutoCloseable permits OpenSslClient, GnuTlsClient {
  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final int EXPORTED_OCTETS = 48;

  /** A record has been written whole once nothing has followed for so long. */
  private static final Duration QUIET = Duration.ofMillis(50);

  private static final int BEFORE_MESSAGE_ID = 2;
  private static final int MESSAGE_ID_AND_TOKEN = 6;
  private static final int HEADER = BEFORE_MESSAGE_ID + MESSAGE_ID_AND_TOKEN;

  private final String name;
  private final Process process;
  private final OutputStream stdin;
  private final Output output;
  private final byte[] exported;

  /**
   * Starts the client and waits for its handshake.
   *
   * @param name for messages
   * @param exportedPattern finds in its output, as the first group, what it exported in hex
   * @param alertPattern finds there, as the first group, the alert that ended the handshake
   * @throws PeerFailedException if the handshake fails, with the alert that came
   */
  DtlsPeer(
      String name,
      List<String> command,
      Pattern exportedPattern,
      Pattern alertPattern,
      Duration patience) {
    this.name = name;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
    stdin = process.getOutputStream();
    output = new Output(process.getInputStream(), name);
    exported = awaitHandshake(exportedPattern, alertPattern, patience);
  }

  private byte[] awaitHandshake(Pattern exportedPattern, Pattern alertPattern, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      String report = output.text();
      Matcher refused = alertPattern.matcher(report);
      if (refused.find()) {
        process.destroyForcibly();
        throw new PeerFailedException(name + ": alert " + refused.group(1));
      }
      Matcher found = exportedPattern.matcher(report);
      if (found.find()) {
        return HexFormat.of().parseHex(found.group(1).toLowerCase(Locale.ROOT));
      }
      if (!output.awaitMore(deadline)) {
        break;
      }
    }
    process.destroyForcibly();
    throw new PeerFailedException(name + ": no handshake within " + patience);
  }

  /** What the client exported from this handshake: 48 octets. */
  public byte[] exported() {
    return exported.clone();
  }

  /** Everything that the client has told of its handshake. */
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
        byte[] whole = wholeSince(from);
        RawCoap answer = RawCoap.decode(Arrays.copyOfRange(whole, start, whole.length));
        if (answer.type() == RawCoap.Type.CON) {
          write(RawCoap.acknowledge(answer.messageId()).encode());
        }
        return answer;
      }
    }
    throw new PeerFailedException(name + ": no answer within " + PATIENCE);
  }

  /** A client may write a record in parts, of which the first has been seen. */
  private byte[] wholeSince(int from) {
    byte[] received = output.since(from);
    while (output.awaitMore(System.nanoTime() + QUIET.toNanos())) {
      received = output.since(from);
    }
    return received;
  }

  /** An empty acknowledgement, or a line of the client's own, may stand before the answer. */
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
      throw new PeerFailedException(name + " has ended", e);
    }
  }

  /** Whether the session stands: the client ends with it. */
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

  /** Ends the session with a close_notify, which the client sends at the end of its input. */
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

    Output(InputStream stream, String name) {
      Thread reader = new Thread(() -> readAll(stream), name + "-output");
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
