// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Decision;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.subscription.AssociatedInstance;
import org.mooring.in.subscription.EnrolledEntity;
import org.mooring.in.subscription.ImpliedRules;

/** A CSE whose subscription has what enrolments and associations of a test imply. */
abstract class ImpliedRulesBench {
  static final CseId NODE = new CseId("/asn-1");
  static final NodeId NODE_ID = new NodeId("urn:node:1");
  static final AppId METER = new AppId("Nmeter");
  static final KeyIdentifier KA =
      KeyIdentifier.parse("0123456789ABCDEF0123456789ABCDE0@maf.sp.example.org");
  static final KeyIdentifier LATER_KA =
      KeyIdentifier.parse("0123456789ABCDEF0123456789ABCDE1@maf.sp.example.org");
  static final String PROFILE = "cse-in/implied.enrolled";

  @TempDir Path folder;
  TestCse cse;
  TestCse.Party operator;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
    operator = cse.operator();
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  final void write(Consumer<ImpliedRules> work) {
    cse.write(
        tx -> {
          work.accept(tx.impliedRules());
          return true;
        });
  }

  static AssociatedInstance instance(KeyIdentifier ka, String stem) {
    return new AssociatedInstance(
        ka,
        TestCse.START.plusSeconds(600),
        METER,
        new AeId("//sp.example.org/asn-1/" + stem),
        TokenId.parse("t1@sp.example.org"),
        new ApprovedServices(
            List.of(RoleId.parse("reader@sp.example.org")),
            Optional.of(ResourceAddress.parse("/asn-1/acp-apps")),
            List.of(),
            CredentialShare.NONE));
  }

  static EnrolledEntity node() {
    return new EnrolledEntity(NODE_ID, NODE, List.of(), Optional.empty(), TestCse.PROVIDER.cse());
  }

  final void enrol(EnrolledEntity enrolled) {
    write(rules -> rules.enrolled(enrolled, "admin"));
  }

  final void associate(KeyIdentifier ka, String stem) {
    write(
        rules -> {
          rules.enrolled(node(), "admin");
          rules.associated(instance(ka, stem), "km");
        });
  }

  static AeRegistration registration(KeyIdentifier ka, String app, String stem) {
    return new AeRegistration(Optional.of(CredentialId.towardMaf(ka)), app, stem);
  }

  /** At the node's CSE, as the IN-CSE's resources have it. */
  final Decision decide(AeRegistration registration) {
    return cse.read(
        tx -> new ServiceSubscriptions(TestCse.PROVIDER).decide(tx, NODE, registration));
  }

  final AuditRecord latest() {
    return cse.read(tx -> tx.auditLog().latest(1).get(0));
  }
}
