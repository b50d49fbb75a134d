// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.zn;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.bsf.NafKey;

/** The messages of Nbsp_GBA (TS 29.309 clauses 6.1.4.2 and 6.1.6.2, annex A) in JSON. */
final class NbspGba {
  /** Behind the API root. */
  static final String PATH = "/nbsp-gba/v1/bootstrapping-info-retrieval";

  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  private static final String USIM = "3G_GBA";
  private static final Pattern KEY = Pattern.compile("\\p{XDigit}{64}");
  private static final Pattern CAUSE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  private NbspGba() {}

  /** What a function asks for: the key of which B-TID and which function. */
  record Request(TransactionId transaction, NafId naf) {
    /** The {@code BootstrappingInfoRequest}. */
    byte[] toJson() {
      Attributes nafId =
          Attributes.builder()
              .put("nafFqdn", naf.fqdn().value())
              .put("uaSecProtId", NafId.uaSecurityProtocol())
              .build();
      return json(
          Attributes.builder().put("btId", transaction.toString()).put("nafId", nafId).build());
    }

    /**
     * Reads one.
     *
     * @throws MalformedException naming the member at fault
     */
    static Request ofJson(byte[] content) throws MalformedException {
      Attributes members = members(content);
      String btId = text(members, "btId");
      Attributes nafId =
          members.members("nafId").orElseThrow(() -> MalformedException.missing("nafId"));
      String protocol = text(nafId, "uaSecProtId");
      if (!protocol.toLowerCase(Locale.ROOT).equals(NafId.uaSecurityProtocol())) {
        throw MalformedException.incorrect(
            "uaSecProtId", "keys of " + NafId.uaSecurityProtocol() + " alone are handed over");
      }
      try {
        return new Request(TransactionId.parse(btId), new NafId(new Fqdn(text(nafId, "nafFqdn"))));
      } catch (IllegalArgumentException e) {
        throw MalformedException.incorrect("btId or nafFqdn", String.valueOf(e.getMessage()));
      }
    }
  }

  /** The {@code BootstrappingInfoResponse}. */
  static byte[] response(NafKey given) {
    byte[] octets = given.key().toByteArray();
    try {
      Attributes.Builder members =
          Attributes.builder()
              .put("meKeyMaterial", HexFormat.of().formatHex(octets))
              .put("gbaType", USIM);
      given.expiresAt().ifPresent(end -> members.put("keyExpiryTime", end.toString()));
      given.impi().ifPresent(impi -> members.put("impi", impi.toString()));
      return json(members.build());
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * Reads one. Of the two keys that a USIM with GBA_U has, {@code meKeyMaterial} is for a function
   * that did not ask otherwise.
   *
   * @throws MalformedException naming the member at fault, never a value
   */
  static NafKey readResponse(byte[] content) throws MalformedException {
    Attributes members = members(content);
    String key = text(members, "meKeyMaterial");
    if (!KEY.matcher(key).matches()) {
      throw MalformedException.incorrect("meKeyMaterial", "write 64 hex digits");
    }
    if (members.has("gbaType") && !text(members, "gbaType").equals(USIM)) {
      throw MalformedException.incorrect("gbaType", USIM + " alone is taken");
    }
    Optional<Instant> end = Optional.empty();
    if (members.has("keyExpiryTime")) {
      end = Optional.of(time(text(members, "keyExpiryTime")));
    }
    Optional<Impi> impi = Optional.empty();
    if (members.has("impi")) {
      impi = Optional.of(impi(text(members, "impi")));
    }
    byte[] octets = HexFormat.of().parseHex(key);
    try {
      return new NafKey(SecretKeyBytes.copyOf(octets), impi, end);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static Instant time(String text) throws MalformedException {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw MalformedException.incorrect("keyExpiryTime", "write a date-time (RFC 3339)");
    }
  }

  private static Impi impi(String text) throws MalformedException {
    try {
      return Impi.parse(text);
    } catch (IllegalArgumentException e) {
      throw MalformedException.incorrect("impi", "write user@realm");
    }
  }

  /**
   * The {@code ProblemDetails} (TS 29.571 clause 5.2.4.1).
   *
   * @param cause one of TS 29.500 table 5.2.7.2-1, empty for none
   */
  static byte[] problem(int status, String cause, String detail) {
    Attributes.Builder members = Attributes.builder().put("status", status).put("detail", detail);
    if (!cause.isEmpty()) {
      members.put("cause", cause);
    }
    return json(members.build());
  }

  /** The cause in a problem, where one can be read. */
  static Optional<String> cause(byte[] problem) {
    try {
      return members(problem).text("cause").filter(text -> CAUSE.matcher(text).matches());
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private static byte[] json(Attributes members) {
    return ContentCodec.writeAttributes(Serialization.JSON, members);
  }

  private static Attributes members(byte[] content) throws MalformedException {
    try {
      return ContentCodec.readAttributes(Serialization.JSON, content);
    } catch (RefusedException e) {
      throw new MalformedException("INVALID_MSG_FORMAT", "send one JSON object");
    }
  }

  private static String text(Attributes members, String name) throws MalformedException {
    return members.text(name).orElseThrow(() -> MalformedException.missing(name));
  }

  /** A message that can not be taken. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Of TS 29.500 table 5.2.7.2-1. */
    private final String cause;

    private MalformedException(String cause, String message) {
      super(message);
      this.cause = cause;
    }

    static MalformedException missing(String member) {
      return new MalformedException("MANDATORY_IE_MISSING", member + ": give it, a text");
    }

    static MalformedException incorrect(String member, String remedy) {
      return new MalformedException("MANDATORY_IE_INCORRECT", member + ": " + remedy);
    }

    String problemCause() {
      return cause;
    }
  }
}
