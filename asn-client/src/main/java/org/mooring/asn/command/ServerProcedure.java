// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.EstRefusedException;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.primitive.Failures;

/** Runs a procedure with a server and tells whose fault it was, as CERT_PROV and DEV_CFG do. */
record ServerProcedure(CommandStatus serverError, CommandStatus clientError) {

  CompletionStage<CommandStatus> run(Supplier<CompletionStage<Outcome>> procedure) {
    return begun(procedure)
        .handle((outcome, failure) -> failure == null ? statusOf(outcome) : statusOf(failure));
  }

  private static CompletionStage<Outcome> begun(Supplier<CompletionStage<Outcome>> procedure) {
    try {
      return procedure.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CommandStatus statusOf(Outcome outcome) {
    return switch (outcome) {
      case DONE -> CommandStatus.OK;
      case SERVER_FAILED -> serverError;
      case CLIENT_FAILED -> clientError;
    };
  }

  private CommandStatus statusOf(Throwable failure) {
    Throwable cause = Failures.causeOf(failure);
    if (cause instanceof CancellationException stopped) {
      throw stopped;
    }
    boolean isOfServer =
        cause instanceof NoAnswerException
            || cause instanceof HandshakeFailedException
            || cause instanceof RefusedAnswerException
            || cause instanceof EstRefusedException
            || cause instanceof BadAnswerException;
    return isOfServer ? serverError : clientError;
  }
}
