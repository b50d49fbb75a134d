// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResultContent;
import org.mooring.in.provider.FunctionRole;

/** Addresses, types and parameters of TS-0032, design section 4. */
class TrustEndpointTest {
  private static final Attributes REGISTRATION =
      Attributes.builder().put("et", M2mTimestamp.NEVER).build();

  @TempDir Path folder;
  private TrustScenario scenario;
  private TestSession mef;

  @BeforeEach
  void open() {
    scenario = TrustScenario.givenProvider(folder);
    mef = scenario.session(scenario.withEnrolee().id());
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private RequestPrimitive.Builder create(String to) {
    return mef.request(Operation.CREATE, to)
        .resourceType(4)
        .content(Representation.of("sec:mefcr", REGISTRATION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mef", "-", "//mef.sp.example.org/-", "//MEF.sp.example.org/-"})
  void everyAddressOfTheBaseReachesIt(String base) {
    TestAnswer answer = mef.sends(mef.request(Operation.RETRIEVE, base)).succeedsWith(2000);
    assertThat(answer.response().content().orElseThrow().root()).isEqualTo("sec:mefb");
    assertThat(answer.attributes().whole("ty")).hasValue(2);
    String id = mef.sends(create(base)).succeedsWith(2001).id();
    mef.sends(mef.request(Operation.RETRIEVE, base + "/" + id)).succeedsWith(2000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maf",
        "cse-in",
        "//maf.sp.example.org/-",
        "/id-in/cse-in",
        "//sp.example.org/id-in"
      })
  void aPathOfAnotherRoleIsRefused(String to) {
    mef.sends(mef.request(Operation.RETRIEVE, to))
        .isRefusedWith(Refusal.PATH_OF_ANOTHER_ROLE, 4103, 403);
  }

  @Test
  void aSessionOfAnotherRoleIsRefused() {
    assertThat(
            scenario
                .sends(mef, FunctionRole.MAF, mef.request(Operation.RETRIEVE, "maf").build())
                .refusal())
        .contains(Refusal.PATH_OF_ANOTHER_ROLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mef/unknown", "mef/a/b", "//mef.sp.example.org/other"})
  void whatIsNotThereIsNotFound(String to) {
    mef.sends(mef.request(Operation.RETRIEVE, to))
        .isRefusedWith(Refusal.NO_SUCH_RESOURCE, 4004, 404);
  }

  @Test
  void anAddressThatIsNoneIsInvalid() {
    mef.sends(mef.request(Operation.RETRIEVE, "mef//a"))
        .isRefusedWith(Refusal.INVALID_PARAMETER, 4000, 400);
  }

  @ParameterizedTest
  @CsvSource({"UPDATE,mef", "DELETE,mef", "NOTIFY,mef", "NOTIFY,mef/x"})
  void operationsThatAreNotOfferedAreRefused(Operation operation, String to) {
    mef.sends(mef.request(operation, to).content(Representation.of("sec:mefb", REGISTRATION)))
        .isRefusedWith(Refusal.OPERATION_NOT_OFFERED, 4005, 405);
  }

  @Test
  void createNamesATypeThatStandsBelowTheBase() {
    mef.sends(
            mef.request(Operation.CREATE, "mef")
                .content(Representation.of("sec:mefcr", REGISTRATION)))
        .isRefusedWith(Refusal.MISSING_PARAMETER, 4000, 400);
    mef.sends(create("mef").resourceType(99)).isRefusedWith(Refusal.UNSUPPORTED_TYPE, 5001, 501);
    mef.sends(create("mef").resourceType(3)).isRefusedWith(Refusal.NOT_A_CHILD_TYPE, 4108, 403);
    String id = mef.registers().id();
    mef.sends(create("mef/" + id)).isRefusedWith(Refusal.NOT_A_CHILD_TYPE, 4108, 403);
  }

  @Test
  void contentIsOfTheTypeAndComplete() {
    mef.sends(mef.request(Operation.CREATE, "mef").resourceType(4))
        .isRefusedWith(Refusal.MALFORMED_CONTENT, 4000, 400);
    mef.creates(4, "sec:mafcr", REGISTRATION).isRefusedWith(Refusal.MALFORMED_CONTENT, 4000, 400);
    mef.creates(4, "sec:mefcr", Attributes.NONE)
        .isRefusedWith(Refusal.MISSING_ATTRIBUTE, 4000, 400);
    mef.creates(4, "sec:mefcr", REGISTRATION.toBuilder().put("xyz", 1).build())
        .isRefusedWith(Refusal.UNKNOWN_ATTRIBUTE, 4000, 400);
    mef.creates(4, "sec:mefcr", REGISTRATION.toBuilder().put("rn", "a").build())
        .isRefusedWith(Refusal.NOT_PERMITTED_ATTRIBUTE, 4000, 400);
  }

  @Test
  void resultContentIsHonoured() {
    assertThat(
            mef.sends(create("mef").resultContent(ResultContent.NOTHING))
                .succeedsWith(2001)
                .response()
                .content())
        .isEmpty();
    String id = mef.sends(create("mef").resultContent(ResultContent.ATTRIBUTES)).id();
    mef.sends(create("mef").resultContent(ResultContent.CHILD_REFERENCES))
        .isRefusedWith(Refusal.INVALID_PARAMETER, 4000, 400);
    RequestPrimitive.Builder delete = mef.request(Operation.DELETE, "mef/" + id);
    assertThat(mef.sends(delete.resultContent(ResultContent.ATTRIBUTES)).id()).isEqualTo(id);
    String other = mef.registers().id();
    assertThat(mef.deletes(other).succeedsWith(2002).response().content()).isEmpty();
  }
}
