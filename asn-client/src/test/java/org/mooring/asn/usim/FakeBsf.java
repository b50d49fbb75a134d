// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.gba.Aka;
import org.mooring.common.gba.AuthenticationVector;
import org.mooring.common.gba.BootstrappingInfo;
import org.mooring.common.gba.DigestAka;
import org.mooring.common.gba.DigestChallenge;
import org.mooring.common.gba.DigestCredentials;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;

/** A BSF in the test's hands, which can be made to lie. */
final class FakeBsf implements Ub {
  private static final byte[] NOTHING = {};

  final List<DigestCredentials> requests = new ArrayList<>();
  SequenceNumber number = new SequenceNumber(0);
  Fqdn realm;
  boolean heedsAuts = true;
  boolean knowsTheResponse = true;
  boolean namesItsChallenge = true;
  int refusesWith;
  Instant end = Instant.parse("2030-01-01T00:00:00Z");

  private final SubscriberKey key;
  private AuthenticationVector last;

  FakeBsf(Fqdn realm, SubscriberKey key) {
    this.realm = realm;
    this.key = key;
    this.last = Aka.vector(key, Rand.random(), number);
  }

  AuthenticationVector last() {
    return last;
  }

  @Override
  public CompletionStage<Reply> ask(String authorization) {
    DigestCredentials credentials = DigestCredentials.parse(authorization);
    requests.add(credentials);
    return CompletableFuture.completedFuture(reply(credentials));
  }

  private Reply reply(DigestCredentials credentials) {
    if (refusesWith != 0) {
      return new Reply(refusesWith, "", NOTHING);
    }
    if (credentials instanceof DigestCredentials.Answer answer) {
      if (answer.auts().isEmpty()) {
        return confirmed(answer);
      }
      if (heedsAuts) {
        number = Aka.numberIn(answer.auts().get(), key, last.rand()).orElseThrow();
      }
    }
    number = number.next();
    last = Aka.vector(key, Rand.random(), number);
    return new Reply(401, new DigestChallenge(realm, last).toString(), NOTHING);
  }

  private Reply confirmed(DigestCredentials.Answer answer) {
    if (!DigestAka.isGood(answer, last.expectedResponse())) {
      return new Reply(403, "", NOTHING);
    }
    Rand rand = namesItsChallenge ? last.rand() : Rand.random();
    byte[] document = new BootstrappingInfo(new TransactionId(rand, realm), end).toXml();
    SecretKeyBytes response = knowsTheResponse ? last.expectedResponse() : SecretKeyBytes.random();
    return new Reply(200, DigestAka.confirm(answer, response, document).toString(), document);
  }

  @Override
  public TrafficMeter.Reading traffic() {
    return TrafficMeter.Reading.ZERO;
  }

  @Override
  public void close() {}
}
