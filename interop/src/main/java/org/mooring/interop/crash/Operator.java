// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.crash.Acknowledged.Kind;
import org.mooring.interop.process.AdminClient;

/** Does what an operator does, again and again until the server has acknowledged it. */
final class Operator {
  private static final String MEF = "mef.sp.example.org";
  private static final long PAUSE_MILLIS = 100;
  private static final int ID_OCTETS = 16;

  private final AdminClient admin;
  private final Ledger ledger;
  private final Random dice;

  Operator(AdminClient admin, Ledger ledger, long seed) {
    this.admin = admin;
    this.ledger = ledger;
    this.dice = new Random(seed);
  }

  /**
   * Adds an enrolee with an identifier and a key given, so that the order may be repeated after a
   * lost answer: the server then says that the identifier was used.
   */
  Enrolled add(EnrolmentPath path) throws InterruptedException {
    byte[] octets = new byte[ID_OCTETS];
    dice.nextBytes(octets);
    KeyIdentifier kpmId =
        KeyIdentifier.parse(HexFormat.of().withUpperCase().formatHex(octets) + "@" + MEF);
    SecretKeyBytes kpm = SecretKeyBytes.random();
    CseId cseId = new CseId("/asn-" + HexFormat.of().formatHex(octets, 0, 6));
    Attributes order =
        Attributes.builder()
            .put("kpmId", kpmId.toString())
            .put("kpm", KeyText.hex(kpm))
            .put("csi", cseId.value())
            .put("path", path.text())
            .build();
    insist(() -> admin.addEnrolee(order), "was used before");
    Enrolled added = new Enrolled(kpmId, kpm, cseId);
    ledger.acknowledged(Kind.ENROLEE, kpmId.toString(), added, M2mTimestamp.NEVER);
    return added;
  }

  void revoke(Enrolled enrolee) throws InterruptedException {
    String id = enrolee.kpmId().toString();
    ledger.revocationAsked(id);
    insist(() -> admin.revokeEnrolee(id), "nothing");
    ledger.acknowledged(Kind.ENROLEE_REVOKED, id, enrolee, M2mTimestamp.NEVER);
  }

  void revokeKey(Enrolled owner, KeyIdentifier key) throws InterruptedException {
    ledger.revocationAsked(key.toString());
    insist(() -> admin.revokeKey(key.toString()), "nothing");
    ledger.acknowledged(Kind.KEY_REVOKED, key.toString(), owner, M2mTimestamp.NEVER);
  }

  /** A refusal in these words means that an earlier try was carried out. */
  private static void insist(Runnable order, String done) throws InterruptedException {
    while (true) {
      try {
        order.run();
        return;
      } catch (RuntimeException e) {
        if (Optional.ofNullable(e.getMessage()).orElse("").contains(done)) {
          return;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
