// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.ResourceType;
import org.mooring.common.resource.TrustResourceNames;

/** What an enrolment sends and gets, as it goes over the wire of a server with its defaults. */
final class Samples {
  static final Fqdn MEF = new Fqdn("mef.sp.example.org");
  static final Fqdn MAF = new Fqdn("maf.sp.example.org");
  static final Fqdn REGISTRAR = new Fqdn("id-in.sp.example.org");
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant LATER = NOW.plusSeconds(86_400);
  static final String RELATIVE_KEY_ID = "000102030405060708090A0B0C0D0E0F";

  private static final String CSE_ID = "/asn-0123456789ab";
  private static final String REQUEST_ID = "3f6c1d5a9b7e4082";

  private Samples() {}

  /** The content of the answer to a CREATE, or of a key as the MAF gets it, by resource. */
  static Representation answered(String resource) {
    return switch (resource) {
      case "mefClientReg" ->
          content(
              TrustResourceNames.MEF_CLIENT_REG,
              registered("q4k2d7m5x3n6p2r7").put("ccfg", configuration().toAttributes()));
      case "mafClientReg" ->
          content(
              TrustResourceNames.MAF_CLIENT_REG,
              registered("z2y4w6u5s3q5n7l2").put("aski", RELATIVE_KEY_ID + "@" + MAF));
      case "symmKeyReg" -> content(TrustResourceNames.SYMM_KEY_REG, keyRegistration());
      case "mefKeyReg" ->
          content(TrustResourceNames.SYMM_KEY_REG, keyRegistration().put("kv", octets(32)));
      case "remoteCSE" ->
          content(
              CseResources.REMOTE_CSE,
              child(CseResources.REMOTE_CSE, "asn-0123456789ab")
                  .put("cst", 2)
                  .put("cb", "//sp.example.org" + CSE_ID + "/cse-asn")
                  .put("csi", CSE_ID)
                  .put("rr", false)
                  .put("srv", List.of("2a", "3")));
      case "AE" ->
          content(
              CseResources.AE,
              child(CseResources.AE, "pump7")
                  .put("api", "Norg.example.pump")
                  .put("aei", "Cpump7")
                  .put("rr", true)
                  .put("poa", List.of("coap://127.0.0.1:5693"))
                  .put("srv", List.of("3")));
      case "contentInstance" ->
          content(
              CseResources.CONTENT_INSTANCE,
              child(CseResources.CONTENT_INSTANCE, "m-000017")
                  .put("cs", 27)
                  .put("cnf", "application/json:0")
                  .put("con", "{\"pressure\":1.73,\"rpm\":42}"));
      default -> throw new IllegalArgumentException(resource + ": there is no sample of it");
    };
  }

  private static Representation content(ResourceType type, Attributes.Builder attributes) {
    return Representation.of(type.root(), attributes.build());
  }

  private static Attributes.Builder registered(String id) {
    return Attributes.builder()
        .put("ri", id)
        .put("ct", NOW)
        .put("lt", NOW)
        .put("et", LATER)
        .put("cr", "//sp.example.org" + CSE_ID);
  }

  private static Attributes.Builder keyRegistration() {
    return registered(RELATIVE_KEY_ID)
        .put("adfq", "sp.example.org")
        .put("suid", KeyUsage.PROVISIONED_FOR_MAF.suid())
        .put("tgis", List.of(MAF.value()));
  }

  private static Attributes.Builder child(ResourceType type, String name) {
    return Attributes.builder()
        .put("rn", name)
        .put("ty", type.code())
        .put("ri", "r0000000000000017")
        .put("pi", "r0000000000000001")
        .put("ct", NOW)
        .put("lt", NOW)
        .put("et", LATER);
  }

  static ClientConfiguration configuration() {
    return new ClientConfiguration(
        new NodeId("urn:uuid:5f0c2b1e-8f53-4a0c-9f3d-0f6f3f1b7a11"),
        new CseId(CSE_ID),
        new CseId("//sp.example.org/id-in"),
        REGISTRAR,
        List.of(),
        MEF,
        MAF,
        List.of(),
        EnrolmentPath.MAF);
  }

  /** The CREATE of a {@code <symmKeyReg>}, the request that an enrolment sends most. */
  static RequestPrimitive request() {
    Attributes wanted =
        Attributes.builder()
            .put("et", LATER)
            .put("suid", KeyUsage.PROVISIONED_FOR_MAF.suid())
            .put("tgis", List.of(MAF.value()))
            .build();
    return RequestPrimitive.builder(Operation.CREATE, TrustResourceNames.baseOf(MEF), REQUEST_ID)
        .from("//sp.example.org" + CSE_ID)
        .resourceType(TrustResourceNames.SYMM_KEY_REG.code())
        .content(Representation.of(TrustResourceNames.SYMM_KEY_REG.root(), wanted))
        .build();
  }

  /** The answer to {@link #request}. */
  static ResponsePrimitive response() {
    return ResponsePrimitive.of(ResponseStatusCode.CREATED, REQUEST_ID, answered("symmKeyReg"));
  }

  /** Octets 0, 1, 2 and so on. */
  static byte[] octets(int length) {
    byte[] octets = new byte[length];
    IntStream.range(0, length).forEach(i -> octets[i] = (byte) i);
    return octets;
  }
}
