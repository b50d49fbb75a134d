// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.resource.MethodOrder;
import org.mooring.common.settings.DurationText;
import org.mooring.common.settings.OptionDefaults;
import org.mooring.in.mef.MethodPolicy;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The main class of {@code in-server.jar}. Exit codes: 0 ok, 1 failed, 2 usage. */
@Command(
    name = "in-server",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = InServerCommand.Version.class,
    description = "The IN server of Mooring: enrolment, authentication and associations.",
    footer = {
      "",
      "Options can also stand in the environment (--coaps-port is MOORING_COAPS_PORT) or in",
      "mooring.properties in the working directory (coaps-port=…); the command line wins.",
      "Exit codes: 0 ok, 1 failed, 2 usage."
    })
public final class InServerCommand extends CommandGroup {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  public static void main(String[] args) {
    OptionDefaults defaults;
    try {
      defaults = OptionDefaults.ofProcess();
    } catch (IOException e) {
      System.err.println("in-server: " + e.getMessage());
      System.exit(FAILED);
      return;
    }
    CommandLine commandLine = commandLine(new ProcessHost(), defaults);
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    System.exit(commandLine.execute(args));
  }

  /**
   * The commands.
   *
   * @param host runs the server of {@code serve}
   * @param defaults where options stand that are not given
   */
  static CommandLine commandLine(ServerHost host, OptionDefaults defaults) {
    CommandLine commandLine =
        new CommandLine(new InServerCommand())
            .addSubcommand(new ServeCommand(host))
            .addSubcommand(new EnroleeCommand())
            .addSubcommand(new GroupCommand())
            .addSubcommand(new AppCommand())
            .addSubcommand(new SubscriptionCommand())
            .addSubcommand(new KeyCommand())
            .addSubcommand(new AuditCommand())
            .addSubcommand(new PkiCommand())
            .addSubcommand(new StatusCommand())
            .addSubcommand(new GenerateCompletion());
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .registerConverter(EntityId.class, converter(EntityId::of))
        .registerConverter(Fqdn.class, converter(Fqdn::new))
        .registerConverter(AppId.class, converter(AppId::new))
        .registerConverter(AppInstanceId.class, converter(AppInstanceId::new))
        .registerConverter(TokenId.class, converter(TokenId::parse))
        .registerConverter(CseId.class, converter(CseId::new))
        .registerConverter(GroupName.class, converter(GroupName::new))
        .registerConverter(ResourceName.class, converter(ResourceName::new))
        .registerConverter(KeyIdentifier.class, converter(KeyIdentifier::parse))
        .registerConverter(
            MethodPolicy.class, converter(text -> new MethodPolicy(MethodOrder.parse(text))))
        .registerConverter(Duration.class, converter(DurationText::parse))
        .setDefaultValueProvider(argument -> defaultOf(argument, defaults))
        .setParameterExceptionHandler(InServerCommand::printUsageError)
        .setExecutionExceptionHandler(InServerCommand::printFailure);
  }

  private static <T> ITypeConverter<T> converter(Function<String, T> reader) {
    return text -> {
      try {
        return reader.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  private static @Nullable String defaultOf(ArgSpec argument, OptionDefaults defaults) {
    return argument instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()
        ? defaults.valueOf(option.longestName()).orElse(null)
        : null;
  }

  private static int printUsageError(ParameterException e, String[] args) {
    CommandLine commandLine = e.getCommandLine();
    print(commandLine, withoutKeys(String.valueOf(e.getMessage())));
    commandLine
        .getErr()
        .println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
    return USAGE;
  }

  private static int printFailure(Exception e, CommandLine commandLine, ParseResult parsed) {
    print(commandLine, e instanceof UncheckedIOException ? causes(e) : reason(e));
    return e instanceof UsageError ? USAGE : FAILED;
  }

  private static void print(CommandLine commandLine, String message) {
    commandLine.getErr().println(commandLine.getCommandSpec().root().name() + ": " + message);
    commandLine.getErr().flush();
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String causes(Exception e) {
    Throwable cause = e.getCause();
    return cause == null ? reason(e) : reason(e) + " (" + cause.getClass().getSimpleName() + ")";
  }

  /** Messages about arguments repeat them; a mistyped option may be followed by a key. */
  private static String withoutKeys(String message) {
    return message.replaceAll("(hex|b64|utf8|file):[^']*", "$1:…");
  }

  /** The version that the jar's manifest tells. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = InServerCommand.class.getPackage().getImplementationVersion();
      return new String[] {"in-server " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
