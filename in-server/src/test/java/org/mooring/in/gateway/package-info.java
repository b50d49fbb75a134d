// SPDX-License-Identifier: EPL-2.0
@NullMarked
package org.mooring.in.gateway;

import org.jspecify.annotations.NullMarked;
