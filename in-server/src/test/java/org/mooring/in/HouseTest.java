// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mooring.common.house.House;

/** The lines that the design draws between the rooms of the server. */
class HouseTest {
  private static final House HOUSE = House.of("org.mooring.in");

  @Test
  void eachRoomKnowsOnlyTheRoomsBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.mooring.in..")
        .layer("provider")
        .definedBy("..in.provider..")
        .layer("audit")
        .definedBy("..in.audit..")
        .layer("transaction")
        .definedBy("..in.transaction..")
        .layer("credential")
        .definedBy("..in.credential..")
        .layer("authz")
        .definedBy("..in.authz..")
        .layer("trust")
        .definedBy("..in.trust..")
        .layer("command")
        .definedBy("..in.command..")
        .layer("mef")
        .definedBy("..in.mef..")
        .layer("group")
        .definedBy("..in.group..")
        .layer("maf")
        .definedBy("..in.maf..")
        .layer("subscription")
        .definedBy("..in.subscription..")
        .layer("cse")
        .definedBy("..in.cse..")
        .layer("store")
        .definedBy("..in.store..")
        .layer("door")
        .definedBy("..in.door..")
        .layer("admin")
        .definedBy("..in.admin..")
        .layer("crypto")
        .definedBy("..in.crypto..")
        .layer("hss")
        .definedBy("..in.hss..")
        .layer("bsf")
        .definedBy("..in.bsf..")
        .layer("ub")
        .definedBy("..in.ub..")
        .layer("zn")
        .definedBy("..in.zn..")
        .layer("http")
        .definedBy("..in.http..")
        .layer("pki")
        .definedBy("..in.pki..")
        .layer("est")
        .definedBy("..in.est..")
        .layer("app")
        .definedBy("..in.app..")
        .layer("quota")
        .definedBy("..in.quota..")
        .layer("dns")
        .definedBy("..in.dns..")
        .layer("gateway")
        .definedBy("..in.gateway..")
        .layer("root")
        .definedBy("org.mooring.in")
        .layer("cli")
        .definedBy("..in.cli..")
        .whereLayer("provider")
        .mayNotAccessAnyLayer()
        .whereLayer("audit")
        .mayNotAccessAnyLayer()
        .whereLayer("transaction")
        .mayOnlyAccessLayers("audit")
        .whereLayer("authz")
        .mayOnlyAccessLayers("provider", "audit")
        .whereLayer("credential")
        .mayOnlyAccessLayers("provider", "audit", "authz", "transaction", "subscription")
        .whereLayer("trust")
        .mayOnlyAccessLayers("credential", "authz", "provider", "audit", "transaction", "quota")
        .whereLayer("command")
        .mayOnlyAccessLayers("trust", "authz", "provider", "audit")
        .whereLayer("mef")
        .mayOnlyAccessLayers(
            "command",
            "trust",
            "credential",
            "authz",
            "provider",
            "audit",
            "transaction",
            "hss",
            "dns",
            "subscription")
        .whereLayer("dns")
        .mayOnlyAccessLayers("provider", "audit", "transaction")
        .whereLayer("group")
        .mayOnlyAccessLayers(
            "mef", "trust", "credential", "authz", "provider", "audit", "transaction")
        .whereLayer("hss")
        .mayOnlyAccessLayers("transaction")
        .whereLayer("bsf")
        .mayOnlyAccessLayers(
            "mef", "hss", "credential", "provider", "audit", "transaction", "quota")
        .whereLayer("ub")
        .mayOnlyAccessLayers("bsf", "http")
        .whereLayer("zn")
        .mayOnlyAccessLayers("bsf", "http")
        .whereLayer("http")
        .mayNotAccessAnyLayer()
        .whereLayer("maf")
        .mayOnlyAccessLayers(
            "app",
            "bsf",
            "mef",
            "trust",
            "credential",
            "authz",
            "provider",
            "audit",
            "transaction",
            "quota",
            "subscription")
        .whereLayer("cse")
        .mayOnlyAccessLayers("authz", "provider", "audit", "transaction", "subscription", "dns")
        .whereLayer("subscription")
        .mayNotAccessAnyLayer()
        .whereLayer("crypto")
        .mayNotAccessAnyLayer()
        .whereLayer("crypto")
        .mayOnlyBeAccessedByLayers("root", "cli")
        .whereLayer("pki")
        .mayNotAccessAnyLayer()
        .whereLayer("pki")
        .mayOnlyBeAccessedByLayers("cli", "est", "door", "root")
        .whereLayer("est")
        .mayOnlyAccessLayers(
            "pki",
            "mef",
            "trust",
            "credential",
            "authz",
            "provider",
            "audit",
            "transaction",
            "quota")
        .whereLayer("app")
        .mayOnlyAccessLayers("credential", "provider", "audit", "transaction")
        .whereLayer("gateway")
        .mayOnlyAccessLayers(
            "cse", "credential", "authz", "provider", "audit", "transaction", "quota")
        .whereLayer("quota")
        .mayNotAccessAnyLayer()
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("root")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("admin")
        .mayOnlyBeAccessedByLayers("cli", "root")
        .whereLayer("door")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("admin", "root", "door")
        .ensureAllClassesAreContainedInArchitecture()
        .check(HOUSE.classes());
  }

  @Test
  void noRoomsDependOnEachOtherInACircle() {
    HOUSE.hasNoCircles();
  }

  @Test
  void californiumAndScandiumStayInCommon() {
    HOUSE.knowsNothingOf("org.eclipse.californium..");
  }

  @Test
  void sqlStaysInTheStore() {
    HOUSE.onlyRoomKnows("store", "java.sql..", "javax.sql..", "org.flywaydb..", "com.zaxxer..");
  }

  @Test
  void httpServersStayInAdminUbAndZn() {
    HOUSE.onlyRoomsKnow(
        List.of("admin", "ub", "zn", "http"),
        "io.javalin..",
        "org.eclipse.jetty..",
        "jakarta..",
        "kotlin..");
  }

  @Test
  void commandLinesStayInCli() {
    HOUSE.onlyRoomKnows("cli", "picocli..");
  }

  @Test
  void certificatesAreMadeInPki() {
    HOUSE.onlyRoomKnows("pki", "org.bouncycastle..");
  }

  @Test
  void tokensAreSignedInApp() {
    HOUSE.onlyRoomKnows("app", "com.nimbusds..");
  }

  @Test
  void dnsMessagesStayInDns() {
    HOUSE.onlyRoomKnows("dns", "org.xbill..");
  }

  @Test
  void jsonIsReadThroughTheCommonCodec() {
    HOUSE.onlyRoomKnows("cli", "com.fasterxml.jackson..");
  }

  @Test
  void everyPackageIsNullMarked() {
    HOUSE.isNullMarked(29);
  }
}
