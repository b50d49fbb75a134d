// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mooring.common.gba.SequenceWindow;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;

/** Everything a node has to know after a restart; immutable. */
public final class NodeState {
  private final FactoryCredentials factories;
  private final @Nullable ClientConfiguration configuration;
  private final HeldKeys keys;
  private final Map<Function, Registration> registrations;
  private final Map<String, String> pendingRequests;
  private final Map<String, Attributes> applications;
  private final Attributes subscription;
  private final AppInstances appInstances;
  private final Set<KeyIdentifier> leftBehind;
  private final HeldCertificates certificates;
  private final SequenceWindow sequenceNumbers;
  private final Duration clockOffset;
  private final boolean clockIsSet;
  private final @Nullable Trouble trouble;
  private final CommandProgress commands;

  private NodeState(Builder builder) {
    this.factories = builder.factories;
    this.configuration = builder.configuration;
    this.keys = builder.keys;
    this.registrations = Map.copyOf(builder.registrations);
    this.pendingRequests = Map.copyOf(builder.pendingRequests);
    this.applications = Map.copyOf(builder.applications);
    this.subscription = builder.subscription;
    this.appInstances = builder.appInstances;
    this.leftBehind = Set.copyOf(builder.leftBehind);
    this.certificates = builder.certificates;
    this.sequenceNumbers = builder.sequenceNumbers;
    this.clockOffset = builder.clockOffset;
    this.clockIsSet = builder.clockIsSet;
    this.trouble = builder.trouble;
    this.commands = builder.commands;
  }

  /** A node as it leaves the factory. */
  public static NodeState factory(FactoryCredential credential) {
    return factory(FactoryCredentials.of(credential));
  }

  /** The same with several credentials. */
  public static NodeState factory(FactoryCredentials credentials) {
    Builder fresh = new Builder(credentials);
    return FactoryChange.begin(fresh, credentials).build();
  }

  /** What the node came with. */
  public FactoryCredentials factories() {
    return factories;
  }

  /** What it uses of that. */
  public FactoryCredential factory() {
    return factories.inUse();
  }

  /**
   * What the node came with and uses, to bootstrap with.
   *
   * @throws IllegalStateException if it never meets a MEF
   */
  public MefCredential bootstrap() {
    if (factory() instanceof MefCredential bootstrap) {
      return bootstrap;
    }
    throw new IllegalStateException("the node is pre-provisioned");
  }

  /** Whether the key of a rung came from the factory, so that there is no rung below. */
  public boolean cameWith(Rung rung) {
    return factory().rung() == rung;
  }

  /** What the MEF told about the node and its provider. */
  public Optional<ClientConfiguration> configuration() {
    return Optional.ofNullable(configuration);
  }

  /** The keys of all rungs, confirmed and tentative. */
  public HeldKeys keys() {
    return keys;
  }

  /** The confirmed key of a rung; the bootstrap rung has {@link #bootstrap} instead. */
  public Optional<HeldKey> key(Rung rung) {
    return keys.of(rung);
  }

  /** Handshakes under the rung's credential that failed at the last flight, in a row. */
  public int failures(Rung rung) {
    return keys.failures(rung);
  }

  public Optional<Registration> registration(Function function) {
    return Optional.ofNullable(registrations.get(function));
  }

  /** The Request Identifier of a CREATE that may have been sent and whose answer is not stored. */
  public Optional<String> pendingRequest(String request) {
    return Optional.ofNullable(pendingRequests.get(request));
  }

  /** The node's own {@code <AE>} resources by AE-ID-Stem. */
  public Map<String, Attributes> applications() {
    return applications;
  }

  /** What the provider told last of its service subscription; none: nothing yet. */
  public Attributes subscription() {
    return subscription;
  }

  /** The instances of applications that run on the node, each associated or to be. */
  public AppInstances appInstances() {
    return appInstances;
  }

  /** The factory credentials of providers that the node has left: it takes none of them again. */
  public Set<KeyIdentifier> leftBehind() {
    return leftBehind;
  }

  /** The certificates that were issued after bootstrapping. */
  public HeldCertificates certificates() {
    return certificates;
  }

  /** Whether the certificate in use lives and was not lost. */
  public boolean isCertificateUsable(Instant serverNow) {
    return certificates.current().filter(held -> held.lease().isAliveAt(serverNow)).isPresent()
        && !keys.isLost(Rung.CERTIFICATE);
  }

  /** What the node's USIM in software accepted; as at first where it has none. */
  public SequenceWindow sequenceNumbers() {
    return sequenceNumbers;
  }

  /** Why the node does not get on, while it does not. */
  public Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** How far the node is with the MEF's commands. */
  public CommandProgress commands() {
    return commands;
  }

  /** What to add to the local clock for the server's time. */
  public Duration clockOffset() {
    return clockOffset;
  }

  /** Whether a server has told its time. */
  public boolean clockIsSet() {
    return clockIsSet;
  }

  /** The server's time as far as known. */
  public Instant serverTime(Instant local) {
    return local.plus(clockOffset);
  }

  /** Whether the rung has a key that lives and was not lost. */
  public boolean isUsable(Rung rung, Instant serverNow) {
    return keys.isUsable(rung, serverNow);
  }

  public boolean isOnPath(EnrolmentPath path) {
    return configuration().filter(known -> known.path() == path).isPresent();
  }

  /** The rung whose key opens the session with the registrar. */
  public Rung associationRung() {
    return isOnPath(EnrolmentPath.DIRECT) && !cameWith(Rung.ASSOCIATION)
        ? Rung.ENROLMENT
        : Rung.ASSOCIATION;
  }

  /** How far the node has come with what it can use now. */
  public NodeStage stage(Instant serverNow) {
    return NodeStage.of(this, serverNow);
  }

  Map<String, String> pendingRequests() {
    return pendingRequests;
  }

  /** A builder that starts with this state. */
  public Builder toBuilder() {
    Builder copy = new Builder(factories);
    copy.configuration = configuration;
    copy.keys = keys;
    copy.registrations.putAll(registrations);
    copy.pendingRequests.putAll(pendingRequests);
    copy.applications.putAll(applications);
    copy.subscription = subscription;
    copy.appInstances = appInstances;
    copy.leftBehind.addAll(leftBehind);
    copy.certificates = certificates;
    copy.sequenceNumbers = sequenceNumbers;
    copy.clockOffset = clockOffset;
    copy.clockIsSet = clockIsSet;
    copy.trouble = trouble;
    copy.commands = commands;
    return copy;
  }

  /** Changes a state. */
  public static final class Builder {
    private FactoryCredentials factories;
    private @Nullable ClientConfiguration configuration;
    private HeldKeys keys = HeldKeys.NONE;
    private final Map<Function, Registration> registrations = new EnumMap<>(Function.class);
    private final Map<String, String> pendingRequests = new LinkedHashMap<>();
    private final Map<String, Attributes> applications = new LinkedHashMap<>();
    private Attributes subscription = Attributes.NONE;
    private AppInstances appInstances = AppInstances.NONE;
    private final Set<KeyIdentifier> leftBehind = new LinkedHashSet<>();
    private HeldCertificates certificates = HeldCertificates.NONE;
    private SequenceWindow sequenceNumbers = SequenceWindow.FRESH;
    private Duration clockOffset = Duration.ZERO;
    private boolean clockIsSet;
    private @Nullable Trouble trouble;
    private CommandProgress commands = CommandProgress.NONE;

    Builder(FactoryCredentials factories) {
      this.factories = factories;
    }

    /** Puts another factory credential, alone. */
    public Builder factory(FactoryCredential credential) {
      return factory(FactoryCredentials.of(credential));
    }

    /** Puts other factory credentials, or the same with what was learnt of them. */
    public Builder factory(FactoryCredentials credentials) {
      FactoryCredentials former = factories;
      factories = credentials;
      return FactoryChange.apply(this, former, credentials);
    }

    /** Forgets all that came of the factory credentials, but not the node's applications. */
    Builder beginAnew() {
      configuration = null;
      keys = HeldKeys.NONE;
      registrations.clear();
      pendingRequests.clear();
      commands = CommandProgress.NONE;
      appInstances = appInstances.atTheStart();
      return this;
    }

    public Builder configuration(ClientConfiguration told) {
      this.configuration = told;
      return this;
    }

    /** Puts a confirmed key; a tentative one and the failures of its rung are history then. */
    public Builder key(Rung rung, HeldKey key) {
      return keys(present -> present.with(rung, key));
    }

    public Builder failures(Rung rung, int count) {
      return keys(present -> present.withFailures(rung, count));
    }

    public Builder keys(UnaryOperator<HeldKeys> change) {
      keys = change.apply(keys);
      return this;
    }

    public Builder registration(Function function, Registration registration) {
      registrations.put(function, registration);
      return this;
    }

    public Builder withoutRegistration(Function function) {
      registrations.remove(function);
      return this;
    }

    public Builder pendingRequest(String request, String requestId) {
      pendingRequests.put(request, requestId);
      return this;
    }

    public Builder answered(String request) {
      pendingRequests.remove(request);
      return this;
    }

    public Builder application(String stem, Attributes ae) {
      applications.put(stem, ae);
      return this;
    }

    public Builder subscription(Attributes told) {
      this.subscription = told;
      return this;
    }

    public Builder appInstances(AppInstances instances) {
      this.appInstances = instances;
      return this;
    }

    /** Takes over what belongs to the node and not to the provider that it leaves. */
    public Builder inherit(NodeState former) {
      applications.clear();
      applications.putAll(former.applications);
      appInstances = former.appInstances.atTheStart();
      leftBehind.addAll(former.leftBehind);
      leftBehind.addAll(former.factories.ids());
      leftBehind.removeAll(factories.ids());
      return this;
    }

    Builder leftBehind(KeyIdentifier credential) {
      leftBehind.add(credential);
      return this;
    }

    public Builder withoutApplication(String stem) {
      applications.remove(stem);
      return this;
    }

    public Builder certificates(HeldCertificates held) {
      this.certificates = held;
      return this;
    }

    /** Puts what the USIM has accepted by now. */
    public Builder sequenceNumbers(SequenceWindow accepted) {
      this.sequenceNumbers = accepted;
      return this;
    }

    public Builder clockOffset(Duration offset) {
      this.clockOffset = offset;
      this.clockIsSet = true;
      return this;
    }

    public Builder trouble(Trouble present) {
      this.trouble = present;
      return this;
    }

    public Builder withoutTrouble() {
      this.trouble = null;
      return this;
    }

    public Builder commands(CommandProgress progress) {
      this.commands = progress;
      return this;
    }

    public NodeState build() {
      return new NodeState(this);
    }
  }
}
