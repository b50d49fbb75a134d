// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.mooring.in.audit.AuditLog;
import org.mooring.in.audit.AuditTrail;
import org.mooring.in.credential.CredentialRepository;
import org.mooring.in.cse.CseStore;
import org.mooring.in.cse.ResourceRepository;
import org.mooring.in.mef.EnroleeRepository;
import org.mooring.in.mef.EnroleeStore;
import org.mooring.in.transaction.RepeatedRequests;
import org.mooring.in.trust.ClientRegistrationRepository;
import org.mooring.in.trust.KeyRegistrationRepository;

/**
 * One transaction with every repository bound to it. Each function's transaction interface is
 * implemented here, and nowhere else.
 */
public final class Repositories implements EnroleeStore, CseStore {
  private final Handle handle;
  private final Dialect dialect;
  private final SecretSealer sealer;
  private final AuditHead head;
  private final Instant now;
  private final boolean writable;
  private final CredentialRepository credentials;
  private final List<Runnable> hooks = new ArrayList<>();

  /**
   * @param head of the database transaction, which may be that of many units of work
   */
  Repositories(
      Handle handle,
      Dialect dialect,
      SecretSealer sealer,
      AuditHead head,
      Instant now,
      boolean writable) {
    this.handle = handle;
    this.dialect = dialect;
    this.sealer = sealer;
    this.head = head;
    this.now = now;
    this.writable = writable;
    this.credentials = new JdbiCredentialRepository(handle, sealer, now);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void afterCommit(Runnable hook) {
    if (!writable) {
      throw new IllegalStateException("a transaction that only reads has nothing to commit");
    }
    hooks.add(hook);
  }

  @Override
  public AuditTrail audit() {
    return new JdbiAuditLog(handle, dialect, head, now);
  }

  @Override
  public AuditLog auditLog() {
    return new JdbiAuditLog(handle, dialect, head, now);
  }

  @Override
  public RepeatedRequests repeatedRequests() {
    return new JdbiRepeatedRequests(handle, sealer, now);
  }

  @Override
  public ResourceRepository resources() {
    return new JdbiResourceRepository(handle, now);
  }

  @Override
  public CredentialRepository credentials() {
    return credentials;
  }

  @Override
  public ClientRegistrationRepository clientRegistrations() {
    return new JdbiClientRegistrationRepository(handle);
  }

  @Override
  public KeyRegistrationRepository keyRegistrations() {
    return new JdbiKeyRegistrationRepository(handle, sealer);
  }

  @Override
  public EnroleeRepository enrolees() {
    return new JdbiEnroleeRepository(handle);
  }

  Handle handle() {
    return handle;
  }

  /** What is to be done after the commit, in order. */
  List<Runnable> hooks() {
    return List.copyOf(hooks);
  }
}
