// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.cse.CreatorScope;
import org.mooring.in.cse.InstanceTotal;
import org.mooring.in.cse.Resource;
import org.mooring.in.cse.ResourceRepository;

/** What every database owes the CSE's tree. */
abstract class ResourceRepositoryContractTest extends StoreTest {
  private static final int POLICY = 1;
  private static final int CONTAINER = 3;
  private static final int INSTANCE = 4;
  private static final int REMOTE_CSE = 16;
  private static final Instant LATER = START.plusSeconds(1000);
  private static final CreatorScope NODE = new CreatorScope("/asn-1", "/asn-1");

  @BeforeEach
  void plantTree() throws Exception {
    insert(resource("base", 5, "", "cse-in", "cse-in", "").expires(M2mTimestamp.NEVER));
    insert(resource("csr", REMOTE_CSE, "base", "asn-1", "cse-in/asn-1", "/asn-1"));
    insert(resource("cnt", CONTAINER, "csr", "data", "cse-in/asn-1/data", "/asn-1/Cmeter"));
  }

  @Test
  void whatIsInsertedIsFoundAsItWas() throws Exception {
    Attributes attributes =
        Attributes.builder()
            .put("con", new AttributeValue.Octets(new byte[] {0, (byte) 255}))
            .put("lbl", List.of("ä", "b"))
            .put("big", Long.MAX_VALUE)
            .put("nested", Attributes.builder().put("x", true).build())
            .build();
    Resource instance =
        new Resource(
            "cin",
            INSTANCE,
            new Resource.Place("cnt", "one", "cse-in/asn-1/data/one"),
            new Resource.Provenance("/asn-1", "/asn-1"),
            attributes,
            7,
            2,
            new Resource.Times(START.plusMillis(1), START.plusMillis(2), LATER));

    assertThat(insert(instance)).isTrue();

    assertThat(find("cin")).isEqualTo(instance);
    assertThat(this.<Resource>read(r -> r.byPath("cse-in/asn-1/data/one").orElseThrow()))
        .isEqualTo(instance);
  }

  @Test
  void theBaseIsTheOneWithoutParent() throws Exception {
    assertThat(this.<String>read(r -> r.base().orElseThrow().id())).isEqualTo("base");
  }

  @Test
  void namesAndIdsDifferByCase() throws Exception {
    assertThat(insert(resource("CNT", CONTAINER, "csr", "Data", "cse-in/asn-1/Data", "/asn-1")))
        .isTrue();
    assertThat(this.<Boolean>read(r -> r.byPath("cse-in/ASN-1").isPresent())).isFalse();
  }

  @Test
  void whatACreatorHasBelowACseIsHandedOver() throws Exception {
    insert(below("own", "/asn-1"));
    insert(below("mine", "/asn-1/Cmeter"));
    AeId next = new AeId("/asn-2/Cmeter");

    await(
        store.write(
            tx -> {
              tx.resources().handOver(new CseId("/asn-1"), new AeId("/asn-1/Cmeter"), next);
              return true;
            }));

    assertThat(find("mine").provenance().creator()).isEqualTo(next.value());
    assertThat(find("own").provenance().creator()).isEqualTo("/asn-1");
  }

  private static Resource below(String name, String creator) {
    return new Resource(
        name,
        CONTAINER,
        new Resource.Place("csr", name, "cse-in/asn-1/" + name),
        new Resource.Provenance(creator, "/asn-1"),
        Attributes.NONE,
        0,
        0,
        new Resource.Times(START, START, LATER));
  }

  @Test
  void aTakenIdOrPathIsNotInserted() throws Exception {
    assertThat(insert(resource("cnt", CONTAINER, "csr", "new", "cse-in/asn-1/new", "/asn-1")))
        .isFalse();
    assertThat(insert(resource("new", CONTAINER, "csr", "data", "cse-in/asn-1/data", "/asn-1")))
        .isFalse();
    assertThat(find("cnt").name()).isEqualTo("data");
  }

  @Test
  void anUpdateKeepsPlaceAndProvenance() throws Exception {
    Resource before = find("cnt");
    Resource after =
        new Resource(
            before.id(),
            before.type(),
            before.place(),
            before.provenance(),
            Attributes.builder().put("mni", 5).build(),
            3,
            before.contentSize(),
            new Resource.Times(START, START.plusSeconds(1), LATER.minusSeconds(1)));

    write(r -> r.update(after));

    assertThat(find("cnt")).isEqualTo(after);
  }

  @Test
  void aDeletionReachesAllDepths() throws Exception {
    insert(resource("cin", INSTANCE, "cnt", "one", "cse-in/asn-1/data/one", "/asn-1"));

    write(r -> r.delete("csr"));

    for (String id : List.of("csr", "cnt", "cin")) {
      assertThat(this.<Boolean>read(r -> r.byId(id).isPresent())).isFalse();
    }
    assertThat(find("base").name()).isEqualTo("cse-in");
  }

  @Test
  void whatIsSaidOfACseIsFoundByItsTypeWhereverItStands() throws Exception {
    insert(resource("n1", 20, "base", "n1", "cse-in/n1", "/asn-1"));
    insert(resource("n2", 20, "csr", "n2", "cse-in/asn-1/n2", "/asn-1"));

    List<Resource> found = read(r -> r.ofCse(20, new CseId("/asn-1"), 10));

    assertThat(found).extracting(Resource::id).containsExactlyInAnyOrder("n1", "n2");
    assertThat(this.<Integer>read(r -> r.ofCse(20, new CseId("/asn-1"), 1).size())).isEqualTo(1);
    assertThat(this.<Integer>read(r -> r.ofCse(20, new CseId("/asn-2"), 10).size())).isZero();
  }

  @Test
  void whatIsSaidOfNoCseIsFoundInTheOrderOfItsCreation() throws Exception {
    insert(resource("z", 19, "base", "z", "cse-in/z", ""));
    insert(resource("ka", 19, "base", "ka", "cse-in/ka", "/asn-1"));
    insert(resource("a", 19, "base", "a", "cse-in/a", ""));

    List<Resource> found = read(r -> r.ofNoCse(19, 10));

    assertThat(found).extracting(Resource::id).containsExactly("z", "a");
    assertThat(this.<Integer>read(r -> r.ofNoCse(19, 1).size())).isEqualTo(1);
  }

  @Test
  void childrenOfATypeComeInTheOrderOfTheirCreation() throws Exception {
    for (String id : List.of("z", "a", "m")) {
      insert(resource(id, CONTAINER, "csr", id, "cse-in/asn-1/" + id, "/asn-1"));
    }

    List<Resource> children = read(r -> r.children("csr", CONTAINER, 3));

    assertThat(children).extracting(Resource::id).containsExactly("cnt", "z", "a");
  }

  @Test
  void aRegistrationIsFoundByItsTypeAndCseId() throws Exception {
    CseId cse = new CseId("/asn-1");

    assertThat(this.<String>read(r -> r.registrationOf(REMOTE_CSE, cse).orElseThrow().id()))
        .isEqualTo("csr");
    assertThat(
            this.<Boolean>read(r -> r.registrationOf(REMOTE_CSE, new CseId("/asn-10")).isPresent()))
        .isFalse();
  }

  @Test
  void newestAndOldestFollowTheOrderOfCreation() throws Exception {
    for (String id : List.of("z", "a", "m")) {
      insert(resource(id, INSTANCE, "cnt", id, "cse-in/asn-1/data/" + id, "/asn-1"));
    }
    insert(resource("sub", CONTAINER, "cnt", "sub", "cse-in/asn-1/data/sub", "/asn-1"));

    assertThat(this.<String>read(r -> r.oldest("cnt", INSTANCE).orElseThrow().id())).isEqualTo("z");
    assertThat(this.<String>read(r -> r.newest("cnt", INSTANCE).orElseThrow().id())).isEqualTo("m");
    write(r -> r.delete("m"));
    insert(resource("n", INSTANCE, "cnt", "n", "cse-in/asn-1/data/n", "/asn-1"));
    assertThat(this.<String>read(r -> r.newest("cnt", INSTANCE).orElseThrow().id())).isEqualTo("n");
  }

  @Test
  void whatStandsBelowIsLimitedToCreatorsAndNumber() throws Exception {
    insert(resource("csr2", REMOTE_CSE, "base", "asn-10", "cse-in/asn-10", "/asn-10"));
    insert(resource("cnt2", CONTAINER, "csr2", "data", "cse-in/asn-10/data", "/asn-1"));
    insert(resource("cin", INSTANCE, "cnt", "one", "cse-in/asn-1/data/one", "/asn-1"));
    CreatorScope application = new CreatorScope("/id-in/C1", "");

    assertThat(below(NODE, 10)).containsExactly("csr", "cnt", "cin");
    assertThat(below(NODE, 2)).containsExactly("csr", "cnt");
    assertThat(below(application, 10)).isEmpty();
    assertThat(below(new CreatorScope("", ""), 10)).isEmpty();
    insert(resource("C1", 2, "base", "ae", "cse-in/ae", "/id-in/C1"));
    assertThat(below(application, 10)).containsExactly("C1");
  }

  @Test
  void whatRefersToPoliciesIsNotItsCreatorsAlone() throws Exception {
    CreatorScope application = new CreatorScope("/id-in/C1", "");
    insert(resource("acp", POLICY, "csr", "acp", "cse-in/asn-1/acp", "/asn-1"));
    insert(resource("cin", INSTANCE, "cnt", "one", "cse-in/asn-1/data/one", "/id-in/C1"));
    assertThat(governedBelow(application, 10)).isEmpty();

    Resource registration = referring("csr");
    write(r -> r.update(registration));
    assertThat(governedBelow(application, 10)).containsExactly("csr", "acp");
    Resource container = referring("cnt");
    write(r -> r.update(container));

    assertThat(governedBelow(application, 10)).containsExactly("csr", "acp", "cnt", "cin");
    assertThat(governedBelow(application, 3)).hasSize(3);
    assertThat(below(application, 10)).isEmpty();
    Resource without = with(container, Attributes.NONE);
    write(r -> r.update(without));
    assertThat(governedBelow(application, 10)).containsExactly("csr", "acp");
  }

  @Test
  void whatStandsBelowIsLimitedToOctets() throws Exception {
    Resource registration = referring("csr");
    write(r -> r.update(registration));
    Resource container = referring("cnt");
    write(r -> r.update(container));
    long both = this.<Long>read(r -> r.octetsBelow("base", NODE, 10));
    CreatorScope application = new CreatorScope("/id-in/C1", "");

    assertThat(this.<List<String>>read(r -> ids(r.governedBelow("base", application, 10, both))))
        .containsExactly("csr", "cnt");
    assertThat(
            this.<List<String>>read(r -> ids(r.governedBelow("base", application, 10, both - 1))))
        .containsExactly("csr");
    assertThat(this.<Long>read(r -> r.octetsOf(List.of("csr", "cnt", "none")))).isEqualTo(both);
    assertThat(this.<Long>read(r -> r.octetsBelow("base", NODE, 1)))
        .isEqualTo(this.<Long>read(r -> r.octetsOf(List.of("csr"))))
        .isLessThan(both);
    assertThat(this.<Long>read(r -> r.octetsOf(List.of()))).isZero();
  }

  @Test
  void childrenOfOneCreatorAreCounted() throws Exception {
    insert(resource("cnt2", CONTAINER, "csr", "two", "cse-in/asn-1/two", "/asn-1/C1"));

    assertThat(this.<Long>read(r -> r.count("csr", CONTAINER, "/asn-1/Cmeter"))).isEqualTo(1);
    assertThat(this.<Long>read(r -> r.count("csr", CONTAINER, "/asn-1/C1"))).isEqualTo(1);
    assertThat(this.<Long>read(r -> r.count("csr", POLICY, "/asn-1/Cmeter"))).isZero();
  }

  private Resource referring(String id) throws Exception {
    return with(find(id), Attributes.builder().put("acpi", List.of("acp")).build());
  }

  private static Resource with(Resource found, Attributes attributes) {
    return new Resource(
        found.id(),
        found.type(),
        found.place(),
        found.provenance(),
        attributes,
        found.stateTag(),
        found.contentSize(),
        found.times());
  }

  @Test
  void severalAreFoundAtOnce() throws Exception {
    insert(
        resource("old", CONTAINER, "csr", "old", "cse-in/asn-1/old", "/asn-1")
            .expires(START.plusSeconds(1)));
    pass(Duration.ofSeconds(1));

    assertThat(this.<List<String>>read(r -> ids(r.byIds(List.of("cnt", "old", "none", "csr")))))
        .containsExactlyInAnyOrder("cnt", "csr");
  }

  @Test
  void whatExpiredIsNotFoundButListed() throws Exception {
    insert(
        resource("i1", INSTANCE, "cnt", "i1", "cse-in/asn-1/data/i1", "/asn-1")
            .sized(3)
            .expires(START.plusSeconds(10)));
    insert(
        resource("i2", INSTANCE, "cnt", "i2", "cse-in/asn-1/data/i2", "/asn-1")
            .sized(4)
            .expires(START.plusSeconds(20)));
    assertThat(this.<Instant>read(r -> r.latestExpirationBelow("cnt").orElseThrow()))
        .isEqualTo(START.plusSeconds(20));
    pass(Duration.ofSeconds(10));

    assertThat(this.<Boolean>read(r -> r.byId("i1").isPresent())).isFalse();
    assertThat(this.<Boolean>read(r -> r.byPath("cse-in/asn-1/data/i1").isPresent())).isFalse();
    assertThat(this.<String>read(r -> r.oldest("cnt", INSTANCE).orElseThrow().id()))
        .isEqualTo("i2");
    assertThat(this.<InstanceTotal>read(r -> r.expiredTotal("cnt", INSTANCE)))
        .isEqualTo(new InstanceTotal(1, 3));
    assertThat(this.<List<String>>read(r -> ids(r.expiredBelow("cnt")))).containsExactly("i1");
    pass(Duration.ofSeconds(10));
    assertThat(this.<List<String>>read(r -> ids(r.expired(10)))).containsExactly("i1", "i2");
    assertThat(this.<List<String>>read(r -> ids(r.expired(1)))).containsExactly("i1");
    assertThat(this.<Boolean>read(r -> r.latestExpirationBelow("cnt").isPresent())).isFalse();
  }

  @Test
  void whatIsWrittenIsSeenInItsTransaction() throws Exception {
    write(
        r -> {
          assertThat(r.expiredBelow("base")).isEmpty();
          assertThat(r.base()).isPresent();
          r.update(resource("base", 5, "", "cse-in", "cse-in", "").expires(LATER).build());
          r.insert(
              resource("gone", CONTAINER, "base", "gone", "cse-in/gone", "")
                  .expires(START)
                  .build());

          assertThat(r.byPath("cse-in").orElseThrow().times().expires()).isEqualTo(LATER);
          assertThat(ids(r.expiredBelow("base"))).containsExactly("gone");
          r.limitAge("csr", CONTAINER, Duration.ZERO);
          assertThat(ids(r.expiredBelow("csr"))).containsExactly("cnt");
        });
  }

  @Test
  void anAgeShortensLivesAndNeverLengthensThem() throws Exception {
    insert(resource("i1", INSTANCE, "cnt", "i1", "cse-in/asn-1/data/i1", "/asn-1"));
    insert(
        resource("i2", INSTANCE, "cnt", "i2", "cse-in/asn-1/data/i2", "/asn-1")
            .expires(START.plusSeconds(5)));

    write(r -> r.limitAge("cnt", INSTANCE, Duration.ofSeconds(30)));

    assertThat(find("i1").times().expires()).isEqualTo(START.plusSeconds(30));
    assertThat(find("i2").times().expires()).isEqualTo(START.plusSeconds(5));
    assertThat(find("cnt").times().expires()).isEqualTo(LATER);
  }

  /** Something to do with the resources of one transaction. */
  private interface Work<T> {
    T with(ResourceRepository resources);
  }

  private interface Change {
    void to(ResourceRepository resources);
  }

  private <T> T read(Work<T> work) throws Exception {
    return await(store.read(tx -> work.with(tx.resources())));
  }

  private void write(Change change) throws Exception {
    does(
        tx -> {
          change.to(tx.resources());
          return true;
        });
  }

  private boolean insert(Resource resource) throws Exception {
    return does(tx -> tx.resources().insert(resource));
  }

  private boolean insert(Draft draft) throws Exception {
    return insert(draft.build());
  }

  private Resource find(String id) throws Exception {
    return this.<Resource>read(r -> r.byId(id).orElseThrow());
  }

  private List<String> below(CreatorScope creators, int limit) throws Exception {
    return read(r -> ids(r.below("base", creators, limit)));
  }

  private List<String> governedBelow(CreatorScope creators, int limit) throws Exception {
    return read(r -> ids(r.governedBelow("base", creators, limit, 1_000_000)));
  }

  private static List<String> ids(List<Resource> resources) {
    return resources.stream().map(Resource::id).toList();
  }

  private static Draft resource(
      String id, int type, String parent, String name, String path, String creator) {
    return new Draft(id, type, new Resource.Place(parent, name, path), creator, 0, LATER);
  }

  private record Draft(
      String id, int type, Resource.Place place, String creator, long size, Instant end) {
    Draft sized(long octets) {
      return new Draft(id, type, place, creator, octets, end);
    }

    Draft expires(Instant time) {
      return new Draft(id, type, place, creator, size, time);
    }

    Resource build() {
      return new Resource(
          id,
          type,
          place,
          new Resource.Provenance(creator, creator.startsWith("/asn-1") ? creator : ""),
          Attributes.NONE,
          0,
          size,
          new Resource.Times(START, START, end));
    }
  }
}
