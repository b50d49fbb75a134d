// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.ChannelBinding;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.provider.FunctionRole;

/** One DTLS session of a client: what it exports never changes. */
public final class TestSession implements SessionExport {
  private final TrustScenario scenario;
  private final SecurityPrincipal principal;
  private final boolean resumed;
  private final byte[] material = new byte[KeyLadder.EXPORTED_LENGTH];

  TestSession(TrustScenario scenario, SecurityPrincipal principal, boolean resumed) {
    this.scenario = scenario;
    this.principal = principal;
    this.resumed = resumed;
    new SecureRandom().nextBytes(material);
  }

  public TestSession asResumed() {
    return new TestSession(scenario, principal, true);
  }

  public SecurityPrincipal principal() {
    return principal;
  }

  @Override
  public boolean resumed() {
    return resumed;
  }

  @Override
  public ChannelBinding channelBinding() {
    return ChannelBinding.of(Arrays.copyOf(material, ChannelBinding.OCTETS));
  }

  @Override
  public ExportedKey export(ExporterLabel label) {
    if (resumed) {
      throw new IllegalStateException("nothing may be exported from a resumed session");
    }
    return KeyLadder.split(material.clone());
  }

  public TestAnswer registers() {
    return registers(content -> content);
  }

  /** CREATE of a client registration; et as a node without a clock sends it. */
  public TestAnswer registers(UnaryOperator<Attributes.Builder> content) {
    boolean atMef = principal.role() == FunctionRole.MEF;
    return creates(
        atMef ? 4 : 3, atMef ? "sec:mefcr" : "sec:mafcr", content.apply(unlimited()).build());
  }

  public TestAnswer registersKey(int suid) {
    return registersKey(suid, content -> content);
  }

  public TestAnswer registersKey(int suid, UnaryOperator<Attributes.Builder> content) {
    return creates(6, "sec:skr", content.apply(unlimited().put("suid", suid)).build());
  }

  public TestAnswer creates(int type, String root, Attributes attributes) {
    return sends(
        request(Operation.CREATE, base())
            .resourceType(type)
            .content(Representation.of(root, attributes)));
  }

  public TestAnswer retrieves(String id) {
    return sends(request(Operation.RETRIEVE, below(id)));
  }

  public TestAnswer updates(String id, Attributes attributes) {
    String registration = principal.role() == FunctionRole.MEF ? "sec:mefcr" : "sec:mafcr";
    String root = RelativeKeyId.isValid(id) ? "sec:skr" : registration;
    return sends(request(Operation.UPDATE, below(id)).content(Representation.of(root, attributes)));
  }

  public TestAnswer deletes(String id) {
    return sends(request(Operation.DELETE, below(id)));
  }

  public RequestPrimitive.Builder request(Operation operation, String to) {
    return RequestPrimitive.builder(operation, to, "r1");
  }

  public TestAnswer sends(RequestPrimitive.Builder request) {
    return scenario.sends(this, principal.role(), request.build());
  }

  /** The identity of a key that was registered here. */
  public KeyIdentifier identity(TestAnswer keyRegistration) {
    return new RelativeKeyId(keyRegistration.id())
        .at(
            principal.role() == FunctionRole.MEF
                ? scenario.provider().mef()
                : scenario.provider().maf());
  }

  private String base() {
    return principal.role() == FunctionRole.MEF ? "mef" : "maf";
  }

  private String below(String id) {
    return base() + "/" + id;
  }

  private static Attributes.Builder unlimited() {
    return Attributes.builder().put("et", M2mTimestamp.NEVER);
  }

  public static Attributes until(Instant end) {
    return Attributes.builder().put("et", end).build();
  }
}
