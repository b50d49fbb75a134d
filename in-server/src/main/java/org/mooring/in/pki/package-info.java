// SPDX-License-Identifier: EPL-2.0
/**
 * A provider's own certification authority, in a folder: it issues certificates in the profiles of
 * TS-0003 clause 10.1.1 and revokes them. It works on files alone and knows neither the running
 * server nor its store, so that the CA may stand on another machine.
 */
@NullMarked
package org.mooring.in.pki;

import org.jspecify.annotations.NullMarked;
