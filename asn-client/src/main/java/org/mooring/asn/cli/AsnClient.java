// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.PinRefusedException;
import org.mooring.asn.vault.VaultException;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.settings.DurationText;
import org.mooring.common.settings.OptionDefaults;
import org.mooring.common.thread.DaemonThreads;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The program {@code asn-client}. */
@Command(
    name = "asn-client",
    description = "A oneM2M node: from its factory key to trusted, registered traffic.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = AsnClient.Version.class,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footer = {
      "",
      "Every option may also stand in ./mooring.properties (kpm-id=…) or in the environment"
          + " (MOORING_KPM_ID=…).",
      "Exit codes: 0 ok, 1 failed, 2 wrong usage."
    })
public final class AsnClient {
  static final int FAILED = 1;

  private static final List<Class<?>> COMMANDS =
      List.of(
          RunCommand.class,
          EnrolCommand.class,
          StatusCommand.class,
          AppCommand.class,
          CertificateCommand.class,
          MoveCommand.class,
          ResetCommand.class,
          ResealCommand.class);

  /** The commands that open DTLS sessions at once: that is made ready while picocli works. */
  private static final Set<String> CONNECTING = Set.of("run", "enrol");

  /** Picocli loads every type that it could convert to; no option is of these. */
  private static final String UNUSED_CONVERTERS = "java[.](sql|time)[.].*";

  private AsnClient() {}

  public static void main(String[] args) {
    OptionDefaults defaults;
    try {
      defaults = OptionDefaults.ofProcess();
    } catch (IOException e) {
      System.err.println("asn-client: " + e.getMessage());
      System.exit(FAILED);
      return;
    }
    if (args.length > 0 && CONNECTING.contains(args[0])) {
      DaemonThreads.named("coaps-prepare").newThread(DtlsEndpointFactory::prepare).start();
    }
    System.exit(commandLine(defaults, args).execute(args));
  }

  /**
   * The command line for some arguments. Picocli looks at every option of every command it knows by
   * reflection, which is a tenth of a node's start: where the arguments begin with a command it
   * learns of that one alone.
   */
  static CommandLine commandLine(OptionDefaults defaults, String... args) {
    System.setProperty("picocli.converters.excludes", UNUSED_CONVERTERS);
    CommandLine commands = new CommandLine(new AsnClient());
    COMMANDS.stream()
        .filter(command -> args.length > 0 && isCalled(command, args[0]))
        .findFirst()
        .ifPresentOrElse(commands::addSubcommand, () -> addAll(commands));
    commands.registerConverter(Duration.class, AsnClient::duration);
    commands.setDefaultValueProvider(argument -> defaultOf(argument, defaults));
    commands.setParameterExceptionHandler(UsageErrors::print);
    commands.setExecutionExceptionHandler(oneLineErrors());
    return commands;
  }

  private static void addAll(CommandLine commands) {
    COMMANDS.forEach(commands::addSubcommand);
    commands.addSubcommand(GenerateCompletion.class);
  }

  private static boolean isCalled(Class<?> command, String name) {
    return command.getAnnotation(Command.class).name().equals(name);
  }

  private static Duration duration(String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static @Nullable String defaultOf(ArgSpec argument, OptionDefaults defaults) {
    return argument instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()
        ? defaults.valueOf(option.longestName()).orElse(null)
        : null;
  }

  /** What went wrong with the vault or the network is told in a line, the rest with its trace. */
  private static IExecutionExceptionHandler oneLineErrors() {
    return (failure, command, parsed) -> {
      PrintWriter err = command.getErr();
      if (failure instanceof VaultException || failure instanceof CommandFailedException) {
        err.println(failure.getMessage());
      } else {
        failure.printStackTrace(err);
      }
      // An option's value was wrong: whoever starts the node again with it locks the token.
      return failure instanceof PinRefusedException ? UsageErrors.USAGE : FAILED;
    };
  }

  /** The version that the jar's manifest tells. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = AsnClient.class.getPackage().getImplementationVersion();
      return new String[] {"asn-client " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
