// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;

/**
 * Which instance of an application: App-Inst-IDs are told apart on one node alone.
 *
 * @param node the absolute id of the client that runs it
 */
public record InstanceName(AppId application, AppInstanceId instance, CseId node) {}
