// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.peer.DtlsPeer;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.peer.RawCoap;

/**
 * A node that shares no code with ours but the reader of its answers' JSON: OpenSSL shakes hands
 * and exports, the requests are raw CoAP, and keys are derived here, straight from the text of
 * TS-0003.
 */
final class ForeignNode {
  static final String BOOTSTRAP = "EXPORTER-oneM2M-Bootstrap";
  static final String CONNECTION = "EXPORTER-oneM2M-Connection";
  private static final int RELATIVE_KEY_ID_OCTETS = 16;
  private static final String NEVER = "99991231T235959";

  private ForeignNode() {}

  /** A psk_identity with its key. */
  @SuppressWarnings("ArrayRecordComponent")
  record Credential(String identity, byte[] key) {}

  /** Octets that the peer exported, in the two parts of TS-0003 clause 10.3.1. */
  @SuppressWarnings("ArrayRecordComponent")
  record Exported(String relativeId, byte[] key) {
    static Exported of(DtlsPeer session) {
      byte[] all = session.exported();
      return new Exported(
          HexFormat.of().formatHex(all, 0, RELATIVE_KEY_ID_OCTETS),
          Arrays.copyOfRange(all, RELATIVE_KEY_ID_OCTETS, all.length));
    }
  }

  /** An answer that was a success, read as the attributes under its one root. */
  record Answer(int status, Attributes attributes) {}

  /** The usage-constrained key of TS-0003 clause 10.3.7. */
  static byte[] usageConstrained(byte[] enrolmentKey, String usage, String target)
      throws GeneralSecurityException {
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(enrolmentKey, "HmacSHA256"));
    hmac.update(
        "oneM2M Enrolment Key to Usage-Constrained Symmetric Key derivation"
            .getBytes(StandardCharsets.US_ASCII));
    hmac.update(usage.getBytes(StandardCharsets.US_ASCII));
    return hmac.doFinal(target.getBytes(StandardCharsets.UTF_8));
  }

  static OpenSslClient connect(int port, String function, Credential credential, String label) {
    return OpenSslClient.connect(
        new OpenSslClient.Settings(port, function, credential.identity(), credential.key(), label));
  }

  /** A {@code <mefClientReg>} (type 4) or {@code <mafClientReg>} (type 3). */
  static RawCoap clientRegistration(
      OneM2mMessages messages, String function, int type, String root) {
    return messages.create(
        "_/" + function + "/-", type, "{\"%s\":{\"et\":\"%s\"}}".formatted(root, NEVER));
  }

  /** A {@code <symmKeyReg>} without a key value. */
  static RawCoap keyRegistration(
      OneM2mMessages messages, String function, int usage, String target) {
    return messages.create(
        "_/" + function + "/-",
        6,
        "{\"sec:skr\":{\"et\":\"%s\",\"suid\":%d,\"tgis\":[\"%s\"]}}"
            .formatted(NEVER, usage, target));
  }

  /** A {@code <remoteCSE>} for the node's CSE-ID below the registrar's CSEBase. */
  static RawCoap cseRegistration(OneM2mMessages messages, String registrar, String csi) {
    return messages.create(
        "~" + registrar + "/-",
        16,
        ("{\"m2m:csr\":{\"rn\":\"%s\",\"cst\":3,\"cb\":\"%s/-\",\"csi\":\"%s\",\"rr\":false,"
                + "\"srv\":[\"3\"]}}")
            .formatted(csi.substring(1), csi, csi));
  }

  /**
   * Sends a request that has to succeed.
   *
   * @param root of the answer's content
   */
  static Answer succeed(DtlsPeer session, RawCoap request, String root) {
    RawCoap answer = session.exchange(request);
    int status = OneM2mMessages.statusOf(answer).orElse(0);
    if (status / 1000 != 2) {
      throw new PeerFailedException(answer.codeText() + " " + status + " " + answer.payloadText());
    }
    Attributes whole = ContentCodec.readAttributes(Serialization.JSON, answer.payload());
    return new Answer(
        status,
        whole
            .members(root)
            .orElseThrow(() -> new PeerFailedException("no " + root + " in " + whole.names())));
  }

  static List<String> targetsOf(Answer answer) {
    return answer.attributes().texts("tgis");
  }
}
