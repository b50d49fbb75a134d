// SPDX-License-Identifier: EPL-2.0
/**
 * The database: SQLite by default or PostgreSQL, one SQL for both, group commit, sealed secrets and
 * the SQL behind every repository. Knows the functions' repository interfaces, and nothing of their
 * procedures, of CoAP or of DTLS. No type of JDBC leaves this package.
 *
 * <p>To add a repository:
 *
 * <ol>
 *   <li>Beside the procedure, declare the interface ({@code mef.EnroleeRepository}) and what its
 *       procedures see ({@code interface EnroleeStore extends TrustStore { EnroleeRepository
 *       enrolees(); }}); they take an {@code EnroleeStore}.
 *   <li>Here, implement it as {@code SqlEnroleeRepository(Sql, ...)}, package-private. It lives as
 *       long as one transaction. {@link org.mooring.in.store.SqlRepeatedRequests} is the model; one
 *       that changes what belongs to a client tells {@link org.mooring.in.store.ClientRecords}.
 *   <li>Have {@link org.mooring.in.store.Repositories} implement {@code EnroleeStore} by returning
 *       it.
 *   <li>Tables come as a new file below {@code migration/tables}; one that was released is never
 *       edited. Only what the databases cannot share (triggers) stands in {@code migration/sqlite}
 *       and {@code migration/postgresql}.
 *   <li>Test it on both, in a class that extends the tests' {@code StoreTest}.
 * </ol>
 *
 * <p>A unit of work never catches a database error to go on: on PostgreSQL its transaction is over
 * by then. Where a conflict is expected, write {@code INSERT ... ON CONFLICT}. An endpoint calls
 * {@code transactions.write(tx -> procedure.register(tx, principal, request))}; a refusal thrown by
 * the procedure undoes its work alone.
 */
@NullMarked
package org.mooring.in.store;

import org.jspecify.annotations.NullMarked;
