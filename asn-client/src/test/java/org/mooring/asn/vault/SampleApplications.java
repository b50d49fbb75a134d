// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;

/** Applications for the node of {@link SampleState}. */
public final class SampleApplications {
  static final AppInstanceId C1 = new AppInstanceId("C1");
  static final AppInstanceId C2 = new AppInstanceId("C2");

  private static final Instant LATE = SampleState.NOW.plus(Duration.ofDays(36_500));

  private SampleApplications() {}

  /** A token of the node's provider. */
  public static ApplicationToken token() {
    return tokenUntil(LATE);
  }

  static ApplicationToken tokenUntil(Instant end) {
    return token(end, ApprovedServices.NONE);
  }

  /** A token whose instances share their associations. */
  public static ApplicationToken sharing(CredentialShare share) {
    return token(LATE, new ApprovedServices(List.of(), Optional.empty(), List.of(), share));
  }

  private static ApplicationToken token(Instant end, ApprovedServices services) {
    return new ApplicationToken(
        TokenId.random(new Fqdn("sp.example.org")),
        new AppId("Nmeter"),
        new Fqdn("maf.sp.example.org"),
        SecretKeyBytes.random(),
        new TokenValidity(SampleState.NOW, end),
        List.of(new AllowedNode("/asn-0123456789ab")),
        services,
        new InstanceCaps(10, 2),
        SampleState.NOW);
  }

  /** As an application gets it; the signature is none, since a node does not look at it. */
  public static String compact(ApplicationToken token) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String header = "{\"alg\":\"ES256\",\"typ\":\"mooring-app+jws\"}";
    return base64.encodeToString(header.getBytes(StandardCharsets.US_ASCII))
        + "."
        + base64.encodeToString(token.payload())
        + ".c2lnbmF0dXJl";
  }

  static AppInstance instance(AppInstanceId id, ApplicationToken token) {
    return AppInstance.installed(id, HeldToken.of(token));
  }

  /** An instance with a key of a Km. */
  public static AppInstance associated(String id, KeyIdentifier km) {
    Lease lease =
        new Lease(
            SampleState.NOW.plus(Duration.ofDays(36_000)),
            SampleState.NOW.plus(Duration.ofDays(30_000)));
    return instance(new AppInstanceId(id), token())
        .associated(
            new HeldKey(
                KeyIdentifier.parse("00112233445566778899aabbccddeeff@maf.sp.example.org"),
                SecretKeyBytes.random(),
                km,
                lease));
  }
}
