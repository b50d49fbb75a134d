// SPDX-License-Identifier: EPL-2.0
/**
 * The operator's side of a running server: its data folder and the HTTP API on the loopback address
 * that the commands of {@code cli} speak to.
 *
 * <p>It alone knows Javalin. It sees enrolees, credentials and the audit log through {@link
 * org.mooring.in.admin.AdminService}; nothing of CoAP or SQL.
 */
@NullMarked
package org.mooring.in.admin;

import org.jspecify.annotations.NullMarked;
