// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import org.eclipse.californium.core.coap.option.IntegerOptionDefinition;
import org.eclipse.californium.core.coap.option.OptionDefinition;
import org.eclipse.californium.core.coap.option.StringOptionDefinition;

/**
 * The options of the CoAP binding with their numbers in both generations (TS-0008 table
 * 6.2.2.4.0-1). Some have one number in both.
 *
 * <p>Left out is the resource name of Release 1, 258: the number is No-Response (RFC 7967) since.
 */
enum OneM2mOption {
  FROM("FR", "From", 279, 256, 255),
  REQUEST_IDENTIFIER("RQI", "Request Identifier", 283, 257, 255),
  ORIGINATING_TIMESTAMP("OT", "Originating Timestamp", 259, 259, 22),
  REQUEST_EXPIRATION("RQET", "Request Expiration Timestamp", 291, 260, 22),
  RESULT_EXPIRATION("RSET", "Result Expiration Timestamp", 295, 261, 22),
  OPERATION_EXECUTION_TIME("OET", "Operation Execution Time", 299, 262, 22),
  NOTIFICATION_URI("RTURI", "Response Type", 263, 263, 255),
  EVENT_CATEGORY("EC", "Event Category", 303, 264, Format.NUMBER, 1),
  RESPONSE_STATUS_CODE("RSC", "Response Status Code", 307, 265, Format.NUMBER, 2),
  GROUP_REQUEST_IDENTIFIER("GID", "Group Request Identifier", 311, 266, 255),
  RESOURCE_TYPE("TY", "Resource Type", 267, 267, Format.NUMBER, 2),
  CONTENT_OFFSET("CTO", "Content Offset", 319, 268, Format.NUMBER, 2),
  CONTENT_STATUS("CTS", "Content Status", 323, 269, Format.NUMBER, 2),
  ASSIGNED_TOKEN_IDENTIFIERS("ATI", "Assigned Token Identifiers", 327, 270, 255),
  RELEASE_VERSION("RVI", "Release Version Indicator", 271, 271, 255),
  VENDOR_INFORMATION("VSI", "Vendor Information", 331, 272, 255),
  GROUP_REQUEST_TARGET_MEMBERS("GTM", "Group Request Target Members", 335, 273, 512),
  AUTHORIZATION_SIGNATURES("AUS", "Authorization Signatures", 339, 274, 255),
  SIGNATURE_REQUEST("ASRI", "Authorization Signature Request Information", 275, 275, 255),
  ONTOLOGY_MAPPING("OMR", "Ontology Mapping Resources", 343, 343, 255),
  PRIMITIVE_PROFILE("PRPI", "Primitive Profile Identifier", 347, 347, 255),
  M2M_SERVICE_USER("MSU", "M2M Service User", 351, 351, 255);

  private enum Format {
    TEXT,
    NUMBER
  }

  private final String parameter;

  // Definitions have final fields only, and none that tells Error Prone so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final OptionDefinition current;

  @SuppressWarnings("ImmutableEnumChecker")
  private final OptionDefinition legacy;

  OneM2mOption(String shortName, String parameter, int current, int legacy, int maxLength) {
    this(shortName, parameter, current, legacy, Format.TEXT, maxLength);
  }

  OneM2mOption(
      String shortName, String parameter, int current, int legacy, Format format, int maxLength) {
    this.parameter = parameter;
    this.current = define(current, "oneM2M-" + shortName, format, maxLength);
    this.legacy =
        current == legacy
            ? this.current
            : define(legacy, "oneM2M-" + shortName + "-legacy", format, maxLength);
  }

  /** Declared repeatable so that a repetition can be refused and does not silently win. */
  private static OptionDefinition define(int number, String name, Format format, int maxLength) {
    return switch (format) {
      case TEXT -> new StringOptionDefinition(number, name, false, 0, maxLength);
      case NUMBER -> new IntegerOptionDefinition(number, name, false, 0, maxLength);
    };
  }

  /** The primitive parameter's name in the standard, for refusals. */
  String parameter() {
    return parameter;
  }

  OptionDefinition definition(OptionGeneration generation) {
    return switch (generation) {
      case CURRENT -> current;
      case LEGACY -> legacy;
    };
  }

  boolean hasOneNumber() {
    return current == legacy;
  }
}
