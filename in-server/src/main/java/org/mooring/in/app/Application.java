// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.time.Instant;
import org.mooring.common.identifier.AppId;

/** An application that an operator registered. */
public record Application(AppId id, Standing standing, Instant registeredAt) {}
