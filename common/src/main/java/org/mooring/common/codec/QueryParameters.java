// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.ResultContent;

/**
 * The parameters that travel as Uri-Query, {@code short=value} (TS-0008 clause 6.2.2.3, short names
 * of TS-0004 tables 8.2.2-1 and 8.2.5-1).
 */
final class QueryParameters {
  private static final Set<String> FILTER_CRITERIA =
      Set.of(
          "crb", "cra", "ms", "us", "sts", "stb", "exb", "exa", "lbl", "clbl", "palb", "lbq", "ty",
          "chty", "pty", "sza", "szb", "cty", "lim", "fu", "smf", "fo", "cfs", "cfq", "lvl", "ofst",
          "arp", "atrl");
  private static final Set<String> NOT_OFFERED =
      Set.of("rp", "da", "drt", "tqi", "tkns", "tids", "ltids", "auri", "asi", "sqi", "nu");
  private static final int NON_BLOCKING_SYNCH = 1;
  private static final int BLOCKING = 3;
  private static final int NO_RESPONSE = 5;

  private @Nullable Operation operation;
  private @Nullable ResultContent resultContent;
  private boolean responseTypeGiven;
  private @Nullable String filter;
  private List<RoleId> roles = List.of();

  private QueryParameters() {}

  /**
   * Reads the options of one request; empty ones count for nothing.
   *
   * @throws RefusedException INVALID_PARAMETER for a name that the binding does not define, a value
   *     out of range or a repetition, UNSUPPORTED_PARAMETER or NON_BLOCKING_UNSUPPORTED for what is
   *     defined and not offered here
   */
  static QueryParameters of(List<String> options) {
    QueryParameters parameters = new QueryParameters();
    for (String option : options) {
      if (!option.isEmpty()) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        parameters.read(name, equals < 0 ? "" : option.substring(equals + 1));
      }
    }
    return parameters;
  }

  private void read(String name, String value) {
    switch (name) {
      case "op" -> {
        requireFirst(operation == null, "Operation");
        operation = parse(value, "Operation", Operation::of);
      }
      case "rcn" -> {
        requireFirst(resultContent == null, "Result Content");
        resultContent = parse(value, "Result Content", ResultContent::of);
      }
      case "rids" -> {
        requireFirst(roles.isEmpty(), "Role IDs");
        roles = parseRoles(value);
      }
      case "rt" -> {
        requireFirst(!responseTypeGiven, "Response Type");
        responseTypeGiven = true;
        requireBlocking(parse(value, "Response Type", Optional::of));
      }
      default -> {
        if (FILTER_CRITERIA.contains(name)) {
          filter = name;
        } else if (NOT_OFFERED.contains(name)) {
          throw Refusal.UNSUPPORTED_PARAMETER.of("query parameter " + name);
        } else {
          throw Refusal.INVALID_PARAMETER.of("query parameter");
        }
      }
    }
  }

  /** The Role-IDs of {@code rids}, which are joined with {@code +}. */
  List<RoleId> roles() {
    return roles;
  }

  /** The operation named by {@code op}. */
  Optional<Operation> operation() {
    return Optional.ofNullable(operation);
  }

  Optional<ResultContent> resultContent() {
    return Optional.ofNullable(resultContent);
  }

  /**
   * Refuses what the operation does not take.
   *
   * @throws RefusedException INVALID_PARAMETER where TS-0004 table 7.2.1.1-1 permits none,
   *     UNSUPPORTED_PARAMETER for filter criteria elsewhere
   */
  void requirePermitted(Operation asked) {
    boolean withoutFilter = asked == Operation.CREATE || asked == Operation.NOTIFY;
    if (filter != null) {
      Refusal refusal = withoutFilter ? Refusal.INVALID_PARAMETER : Refusal.UNSUPPORTED_PARAMETER;
      throw refusal.of("Filter Criteria " + filter);
    }
    if (asked == Operation.NOTIFY && resultContent != null) {
      throw Refusal.INVALID_PARAMETER.of("Result Content");
    }
  }

  private static void requireFirst(boolean first, String parameter) {
    if (!first) {
      throw Refusal.INVALID_PARAMETER.of(parameter);
    }
  }

  private static void requireBlocking(int responseType) {
    if (responseType == NON_BLOCKING_SYNCH) {
      throw Refusal.NON_BLOCKING_UNSUPPORTED.of("Response Type");
    }
    if (responseType < NON_BLOCKING_SYNCH || responseType > NO_RESPONSE) {
      throw Refusal.INVALID_PARAMETER.of("Response Type");
    }
    if (responseType != BLOCKING) {
      throw Refusal.UNSUPPORTED_PARAMETER.of("Response Type");
    }
  }

  private static List<RoleId> parseRoles(String value) {
    try {
      return Arrays.stream(value.split("\\+", -1)).map(RoleId::parse).toList();
    } catch (IdentifierSyntaxException e) {
      throw Refusal.INVALID_PARAMETER.of("Role IDs");
    }
  }

  private interface Meaning<T> {
    Optional<T> of(int code);
  }

  private static <T> T parse(String value, String parameter, Meaning<T> meaning) {
    try {
      return meaning
          .of(Integer.parseInt(value))
          .orElseThrow(() -> Refusal.INVALID_PARAMETER.of(parameter));
    } catch (NumberFormatException e) {
      throw Refusal.INVALID_PARAMETER.of(parameter);
    }
  }
}
