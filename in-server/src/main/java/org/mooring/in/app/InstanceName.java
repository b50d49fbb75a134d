// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;

/**
 * Which instance of an application: App-Inst-IDs are told apart on one node alone.
 *
 * @param node the absolute CSE-ID of the node that runs it, or AE-ID if that has no CSE
 */
public record InstanceName(AppId application, AppInstanceId instance, EntityId node) {}
