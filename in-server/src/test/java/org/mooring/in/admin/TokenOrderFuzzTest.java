// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.AppId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.app.NewToken;

/** Any JSON object is an order for a token that names nodes and has an end, or is refused. */
class TokenOrderFuzzTest {
  private static final String MARK = "\u2603";
  private static final AppId METER = new AppId("Nmeter");

  @FuzzTest
  void jsonIsAnOrderOrRefused(byte[] json) {
    Attributes members;
    try {
      members = ContentCodec.readAttributes(Serialization.JSON, json);
    } catch (RefusedException e) {
      return;
    }
    try {
      NewToken wanted = TokenOrder.read(METER, members);
      assertThat(wanted.nodes()).isNotEmpty();
      assertThat(wanted.caps().perNode()).isBetween(1, wanted.caps().perToken());
      assertThat(members.has("until")).isTrue();
    } catch (AdminException e) {
      assertThat(e.status()).isEqualTo(400);
      assertThat(e.getMessage()).doesNotContain(MARK).hasSizeLessThan(256);
    }
  }
}
