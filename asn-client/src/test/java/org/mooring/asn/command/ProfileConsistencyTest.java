// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.asn.command.ManagedObject.AuthenticationProfile;
import org.mooring.asn.command.ManagedObject.Kind;

/** TS-0003 clause 8.3.9.9.2, step 4, line by line. */
class ProfileConsistencyTest {
  private static final String PSK = "TLS_PSK_WITH_AES_128_CCM_8";
  private static final String ECDSA = "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // suid | parent | children | symmKeyID | keyRegDuration | suite | certificate | fits
        "11 | MAF_CLIENT_REG_CFG | | id | false | PSK | | true",
        "12 | REGISTRATION | | id | false | PSK | | true",
        "13 | DATA_COLLECTION | | id | false | | | true",
        "21 | MAF_CLIENT_REG_CFG | MEF_CLIENT_REG_CFG | | true | PSK | | true",
        "22 | REGISTRATION | MEF_CLIENT_REG_CFG | | true | PSK | | true",
        "23 | DATA_COLLECTION | MEF_CLIENT_REG_CFG | | true | | | true",
        "31 | MAF_CLIENT_REG_CFG | MAF_CLIENT_REG_CFG | | true | PSK | | true",
        "32 | REGISTRATION | MAF_CLIENT_REG_CFG | | true | PSK | | true",
        "33 | DATA_COLLECTION | MAF_CLIENT_REG_CFG | | true | | | true",
        "41 | MAF_CLIENT_REG_CFG | TRUST_ANCHOR_CRED | | false | ECDSA | aa | true",
        "42 | REGISTRATION | TRUST_ANCHOR_CRED | | false | ECDSA | aa | true",
        "43 | DATA_COLLECTION | TRUST_ANCHOR_CRED | | false | ECDSA | aa | true",
        // the parent
        "11 | REGISTRATION | | id | false | PSK | | false",
        "22 | DATA_COLLECTION | MEF_CLIENT_REG_CFG | | true | PSK | | false",
        "43 | REGISTRATION | TRUST_ANCHOR_CRED | | false | ECDSA | aa | false",
        "24 | REGISTRATION | MEF_CLIENT_REG_CFG | | true | PSK | | false",
        "92 | REGISTRATION | MEF_CLIENT_REG_CFG | | true | PSK | | false",
        // the key
        "12 | REGISTRATION | | | false | PSK | | false",
        "21 | MAF_CLIENT_REG_CFG | MEF_CLIENT_REG_CFG | | false | PSK | | false",
        "21 | MAF_CLIENT_REG_CFG | MAF_CLIENT_REG_CFG | | true | PSK | | false",
        "32 | REGISTRATION | MAF_CLIENT_REG_CFG | | false | PSK | | false",
        "32 | REGISTRATION | MEF_CLIENT_REG_CFG | | true | PSK | | false",
        // the suite
        "12 | REGISTRATION | | id | false | | | false",
        "12 | REGISTRATION | | id | false | ECDSA | | false",
        "42 | REGISTRATION | TRUST_ANCHOR_CRED | | false | PSK | aa | false",
        "42 | REGISTRATION | TRUST_ANCHOR_CRED | | false | | aa | false",
        // the certificate
        "42 | REGISTRATION | TRUST_ANCHOR_CRED | | false | ECDSA | | false",
        "42 | REGISTRATION | | | false | ECDSA | aa | false",
      })
  void aProfileFitsItsSuidItsParentAndItsChildren(
      int suid,
      Kind parent,
      String children,
      String symmKeyId,
      boolean hasDuration,
      String suite,
      String certificate,
      boolean fits) {
    AuthenticationProfile profile =
        new AuthenticationProfile(
            suid,
            parent,
            words(children).stream().map(Kind::valueOf).collect(Collectors.toSet()),
            String.join("", words(symmKeyId)),
            hasDuration,
            words(suite).stream()
                .map(name -> name.equals("PSK") ? PSK : ECDSA)
                .collect(Collectors.toSet()),
            String.join("", words(certificate)));
    assertThat(ProfileConsistency.holds(profile)).isEqualTo(fits);
  }

  private static Set<String> words(String column) {
    return column == null
        ? Set.of()
        : Arrays.stream(column.split(" ")).filter(w -> !w.isEmpty()).collect(Collectors.toSet());
  }
}
