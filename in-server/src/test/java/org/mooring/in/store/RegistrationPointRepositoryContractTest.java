// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.in.cse.RegistrationPoint;

/** What every database owes the IN-CSE of where AEs are registered that take their stem along. */
abstract class RegistrationPointRepositoryContractTest extends StoreTest {
  @Test
  void theyAreFoundByTheirStemAndByTheOneThatTheyWereLeftFor() throws Exception {
    RegistrationPoint there = point("/asn-2/Cmeter", Optional.empty());
    RegistrationPoint others = point("/asn-5/Cmeter", Optional.empty());
    RegistrationPoint first = point("/asn-1/Cmeter", Optional.of(there.ae()));
    RegistrationPoint second = point("/asn-3/Cmeter", Optional.of(there.ae()));
    RegistrationPoint last = point("/asn-4/Cmeter", Optional.of(there.ae()));
    RegistrationPoint left = point("/asn-0/Cmeter", Optional.of(others.ae()));
    List<RegistrationPoint> points = List.of(others, last, second, first, left, there);
    await(
        store.write(
            tx -> {
              points.forEach(tx.registrationPoints()::put);
              return true;
            }));

    List<RegistrationPoint> current =
        await(store.read(tx -> tx.registrationPoints().current("Cmeter", 10)));
    List<RegistrationPoint> leftForIt =
        await(store.read(tx -> tx.registrationPoints().leftFor(there.ae(), 2)));
    assertThat(current).containsExactly(there, others);
    assertThat(leftForIt).containsExactly(first, second);
  }

  private static RegistrationPoint point(String ae, Optional<AeId> movedTo) {
    return new RegistrationPoint(new AeId(ae), new CseId("/mn-1"), movedTo);
  }
}
