// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.ResourceTable;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Profile;
import org.mooring.in.audit.RecordedRefusalException;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.mef.Registrar;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;
import org.mooring.in.transaction.UnitOfWork;

/** An IN-CSE over a store of its own on SQLite, and parties that talk to it. */
final class TestCse implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration LONGEST_LIFE = Duration.ofDays(30);
  static final ServiceProvider PROVIDER =
      new ServiceProvider(
          SpId.parse("//sp.example.org"),
          new Fqdn("mef.sp.example.org"),
          new Fqdn("maf.sp.example.org"),
          new CseId("/id-in"),
          "cse-in",
          List.of("coaps://in.example.org:5684"),
          new ServiceProvider.Lifetimes(LONGEST_LIFE, Duration.ofDays(7), Duration.ofDays(1)));
  static final String REGISTRATION = "{'cb':'/id-in/cse-in','rr':false,'srv':['3']}";
  static final String APPLICATION = "{'api':'Ncounter','rr':false,'srv':['3']}";
  static final int ACP = CseResources.ACCESS_CONTROL_POLICY.code();
  static final int AE = CseResources.AE.code();
  static final int CNT = CseResources.CONTAINER.code();
  static final int CIN = CseResources.CONTENT_INSTANCE.code();
  static final int CSR = CseResources.REMOTE_CSE.code();
  static final int MSSP = CseResources.SERVICE_SUBSCRIPTION_PROFILE.code();
  static final int SVSN = CseResources.SUBSCRIBED_NODE.code();
  static final int ASAR = CseResources.SUBSCRIBED_APP_RULE.code();

  private final Store store;
  private final CseEndpoint cse;
  private final ResourceTable table;
  private final Optional<RegistrarsWord> word;
  private volatile Instant time = START;
  private int requests;

  TestCse(Path folder) {
    this(folder, CseResources.table());
  }

  TestCse(Path folder, ResourceTable table) {
    this(folder, table, CseEndpoint.DEFAULT_ANNOUNCED_AES);
  }

  TestCse(Path folder, ResourceTable table, int announcedAes) {
    this(folder, table, new CseEndpoint(PROVIDER, table, announcedAes), Optional.empty());
  }

  private TestCse(
      Path folder, ResourceTable table, CseEndpoint cse, Optional<RegistrarsWord> word) {
    this.store = Store.open(StoreSettings.in(folder), () -> time);
    this.table = table;
    this.cse = cse;
    this.word = word;
    restart();
  }

  /** The MN-CSE {@code /mn-1}, named {@code cse-mn}, below that IN-CSE, which lets every AE in. */
  static TestCse ofMiddleNode(Path folder) {
    ServiceProvider below =
        new ServiceProvider(
            PROVIDER.sp(),
            PROVIDER.mef(),
            PROVIDER.maf(),
            new CseId("/mn-1"),
            "cse-mn",
            List.of(),
            PROVIDER.lifetimes());
    return new TestCse(
        folder,
        CseResources.table(),
        CseEndpoint.ofMiddleNode(below, PROVIDER.cse(), () -> {}, () -> {}, stem -> {}),
        Optional.of(
            new RegistrarsWord.Subscribed(
                new CredentialId("12-any@sp.example.org"), Profile.ofProviderWithoutOne())));
  }

  /** What a start of the server does with the store. */
  void restart() {
    write(
        tx -> {
          cse.prepare(tx);
          return true;
        });
  }

  /** A CSE with this CSE-ID, associated and not registered. */
  Party associated(String csi) {
    return associated(new CseId(csi));
  }

  /** An AE with an association of its own, not registered. */
  Party associatedAe(String id) {
    return associated(new AeId(id));
  }

  private Party associated(EntityId id) {
    KeyIdentifier credential =
        new KeyIdentifier("0123456789ABCDEF0123456789ABCDEF", new Fqdn("maf.sp.example.org"));
    SecurityPrincipal.AssociatedEntity principal =
        new SecurityPrincipal.AssociatedEntity(
            credential, id.absolute(PROVIDER.sp()), START.plus(LONGEST_LIFE));
    return new Party(
        new Originator.Associated(principal, "", Optional.of(CredentialId.towardMaf(credential))));
  }

  /** A CSE with this CSE-ID, associated and registered under its stem. */
  Party registered(String csi) {
    Party node = associated(csi);
    node.create("cse-in", CSR, REGISTRATION);
    return node;
  }

  /**
   * A CSE with this CSE-ID, or an AE with this AE-ID, enrolled and not associated.
   *
   * @param registrar what its enrolment names as such; empty: this CSE
   */
  KeyIdentifier enrolled(String entity, String registrar) {
    KeyIdentifier id = new KeyIdentifier(entity.substring(1), PROVIDER.mef());
    Optional<Registrar> other =
        Optional.of(registrar)
            .filter(name -> !name.isEmpty())
            .map(name -> new Registrar(new CseId(name), Optional.empty()));
    Enrolee enrolee =
        new Enrolee(
            id,
            FactoryKey.KPM,
            "0123456789ab",
            M2mTimestamp.NEVER,
            new NodeId("urn:example:" + entity.substring(1)),
            EntityId.of(entity),
            EnrolmentPath.DIRECT,
            LONGEST_LIFE,
            M2mTimestamp.NEVER,
            new Enrolee.Standing.Active(),
            Optional.empty(),
            other,
            Optional.empty(),
            time);
    return write(
        tx -> {
          tx.enrolees().add(enrolee);
          return id;
        });
  }

  /** The provider itself. */
  Party operator() {
    return new Party(new Originator.Operator());
  }

  /** Whoever the registrar says it is. */
  Party viaRegistrar(String from) {
    return new Party(new Originator.ViaRegistrar(from));
  }

  /** Somebody outside any association. */
  Party open(String from) {
    return new Party(new Originator.Open(from));
  }

  /** An AE registered outside any association under its stem, with this name. */
  Party openAe(String stem, String name) {
    Party ae = open(stem);
    ae.create("cse-in", AE, "{'rn':'" + name + "','api':'Ncounter','rr':false,'srv':['3']}");
    return ae;
  }

  void pass(Duration duration) {
    time = time.plus(duration);
  }

  Instant now() {
    return time;
  }

  int sweep() {
    return write(tx -> cse.sweep(tx, 1000));
  }

  <T> T write(UnitOfWork<Repositories, T> work) {
    return await(store.write(work));
  }

  <T> T read(UnitOfWork<Repositories, T> work) {
    return await(store.read(work));
  }

  @Override
  public void close() {
    store.close();
  }

  /** Attributes in JSON with single quotes. */
  static Attributes json(String text) {
    return ContentCodec.readAttributes(
        Serialization.JSON, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  static void assertRefused(Refusal refusal, ThrowingCallable request) {
    assertThatThrownBy(request).extracting(TestCse::answer).isEqualTo(refusal);
  }

  /** What the originator would be told. */
  static Refusal answer(Throwable failure) {
    return failure instanceof RecordedRefusalException refused
        ? refused.answer().refusal()
        : ((RefusedException) failure).refusal();
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the store did not answer", e);
    }
  }

  /** An originator and what it can ask. */
  final class Party {
    private final Originator originator;

    Party(Originator originator) {
      this.originator = originator;
    }

    /** The same party with another From. */
    Party as(String from) {
      return originator instanceof Originator.Associated associated
          ? new Party(
              new Originator.Associated(
                  associated.principal(), from, associated.credential(), associated.addresses()))
          : new Party(new Originator.Open(from));
    }

    /** The same party at an address, or with another that its handshake came from. */
    Party at(String... addresses) {
      Set<InetAddress> peer =
          Stream.of(addresses)
              .map(address -> new InetSocketAddress(address, 0).getAddress())
              .collect(Collectors.toSet());
      return originator instanceof Originator.Associated associated
          ? new Party(associated.at(peer))
          : new Party(new Originator.Open(originator.from(), peer));
    }

    Answer create(String to, int type, String attributes) {
      return send(request(Operation.CREATE, to, type, attributes));
    }

    /** A container with a name. */
    Answer container(String to, String name) {
      return create(to, CNT, "{'rn':'" + name + "'}");
    }

    /** An instance with this text. */
    Answer publish(String to, String content) {
      return create(to, CIN, "{'con':'" + content + "'}");
    }

    Answer retrieve(String to) {
      return send(RequestPrimitive.builder(Operation.RETRIEVE, to, nextId()));
    }

    Answer update(String to, int type, String attributes) {
      RequestPrimitive.Builder request =
          RequestPrimitive.builder(Operation.UPDATE, to, nextId())
              .content(Representation.of(root(type), json(attributes)));
      return send(request);
    }

    Answer delete(String to) {
      return send(RequestPrimitive.builder(Operation.DELETE, to, nextId()));
    }

    RequestPrimitive.Builder request(Operation operation, String to) {
      return RequestPrimitive.builder(operation, to, nextId());
    }

    RequestPrimitive.Builder request(Operation operation, String to, int type, String attributes) {
      return RequestPrimitive.builder(operation, to, nextId())
          .resourceType(type)
          .content(Representation.of(root(type), json(attributes)));
    }

    Answer send(RequestPrimitive.Builder built) {
      RequestPrimitive request = built.build();
      UnitOfWork<Repositories, ResponsePrimitive> work =
          tx -> cse.handle(tx, originator, request, word);
      return new Answer(
          request.operation() == Operation.RETRIEVE ? read(work) : TestCse.this.write(work));
    }

    /** A request for another CSE as it goes on. */
    Onward onward(RequestPrimitive.Builder built) {
      return read(tx -> cse.forwarded(tx, originator, built.build()));
    }

    /** The stem whose turn a request waits for before it goes on. */
    Optional<AeId> turn(RequestPrimitive.Builder built) {
      return read(tx -> cse.turnOf(tx, originator, built.build()));
    }

    /** Has the answer to a request that went on kept. */
    void settled(RequestPrimitive request, ResponsePrimitive answer) {
      TestCse.this.write(
          tx -> {
            cse.settle(tx, (Originator.Associated) originator, request, answer);
            return true;
          });
    }

    /** What a RETRIEVE asks the repository of resources, in this order. */
    List<String> readsOf(String to) {
      return read(noted(RequestPrimitive.builder(Operation.RETRIEVE, to, nextId())));
    }

    /** What a request that changes something asks the repository of resources, in this order. */
    List<String> callsOf(RequestPrimitive.Builder built) {
      return TestCse.this.write(noted(built));
    }

    private UnitOfWork<Repositories, List<String>> noted(RequestPrimitive.Builder built) {
      return tx -> {
        List<String> calls = new ArrayList<>();
        CseStore noted =
            proxy(
                CseStore.class,
                (proxy, method, arguments) ->
                    method.getName().equals("resources")
                        ? noting(tx.resources(), calls)
                        : method.invoke(tx, arguments));
        cse.handle(noted, originator, built.build());
        return calls;
      };
    }

    private String nextId() {
      return "rqi-" + ++requests;
    }

    private String root(int type) {
      return table.policy(type).map(policy -> policy.type().root()).orElse("m2m:unknown");
    }
  }

  private static ResourceRepository noting(ResourceRepository resources, List<String> calls) {
    return proxy(
        ResourceRepository.class,
        (proxy, method, arguments) -> {
          calls.add(method.getName());
          return method.invoke(resources, arguments);
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** A response and the attributes in it. */
  record Answer(ResponsePrimitive response) {
    int status() {
      return response.status().code();
    }

    Attributes attributes() {
      return response.content().map(Representation::attributes).orElse(Attributes.NONE);
    }

    String text(String name) {
      return attributes().text(name).orElseThrow();
    }

    long whole(String name) {
      return attributes().whole(name).orElseThrow();
    }

    Instant time(String name) {
      return attributes().timestamp(name).orElseThrow();
    }
  }
}
