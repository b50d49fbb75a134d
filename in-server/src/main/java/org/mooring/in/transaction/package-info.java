// SPDX-License-Identifier: EPL-2.0
/**
 * What a procedure may know of persistence: a transaction with its time, its audit log and its
 * hooks, and the port through which an endpoint has one opened.
 *
 * <p>A function declares what it needs as an interface that extends {@link
 * org.mooring.in.transaction.Transaction} and stands beside its procedures ({@code EnroleeStore}
 * with {@code enrolees()}, ...); the store implements it. Knows the audit trail, and neither SQL
 * nor any function.
 */
@NullMarked
package org.mooring.in.transaction;

import org.jspecify.annotations.NullMarked;
