// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.CIN;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ResultContent;

class CountersPropertyTest {
  private static final String NODE = "cse-in/asn-1";

  private final Path folder = temporaryFolder();
  private final TestCse cse = new TestCse(folder.resolve("data"));
  private final TestCse.Party node = cse.registered("/asn-1");
  private int containers;

  /** What may happen to a container; the number says how large, which one or how long. */
  enum Kind {
    PUBLISH,
    DELETE_LATEST,
    DELETE_OLDEST,
    DELETE_ONE,
    PASS,
    SWEEP,
    LIMIT_COUNT,
    LIMIT_OCTETS
  }

  record Step(Kind kind, int number) {}

  @AfterProperty
  void stop() throws IOException {
    cse.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(CountersPropertyTest::delete);
    }
  }

  @Property(tries = 40)
  @Label("TS-0004 7.4.6: cni and cbs equal a recount, within the limits, and la is the youngest")
  void countersEqualRecount(@ForAll("steps") List<Step> steps) {
    String container = NODE + "/c" + ++containers;
    node.create(NODE, CNT, "{'rn':'c" + containers + "','mia':50}");
    node.update(NODE, CSR, "{'et':'99991231T235959'}");
    int published = 0;
    for (Step step : steps) {
      if (step.kind() == Kind.PUBLISH) {
        published++;
      }
      carryOut(container, step, published);
      verify(container);
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(Kind.PUBLISH)), Tuple.of(5, Arbitraries.of(Kind.class)));
    return Combinators.combine(kinds, Arbitraries.integers().between(0, 12))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  private void carryOut(String container, Step step, int published) {
    List<Attributes> instances = instances(container);
    switch (step.kind()) {
      case PUBLISH -> {
        if (fits(container, step.number())) {
          node.create(
              container,
              CIN,
              "{'rn':'i" + published + "','con':'" + "x".repeat(step.number()) + "'}");
        }
      }
      case DELETE_LATEST -> deleteIfAny(instances, container + "/la");
      case DELETE_OLDEST -> deleteIfAny(instances, container + "/ol");
      case DELETE_ONE -> {
        if (!instances.isEmpty()) {
          Attributes one = instances.get(step.number() % instances.size());
          node.delete(one.text("ri").orElseThrow());
        }
      }
      case PASS -> cse.pass(Duration.ofSeconds(step.number() * 5L));
      case SWEEP -> cse.sweep();
      case LIMIT_COUNT -> node.update(container, CNT, "{'mni':" + (1 + step.number()) + "}");
      case LIMIT_OCTETS -> node.update(container, CNT, "{'mbs':" + 3 * step.number() + "}");
    }
  }

  private boolean fits(String container, int octets) {
    return octets <= node.retrieve(container).attributes().whole("mbs").orElse(Long.MAX_VALUE);
  }

  private void deleteIfAny(List<Attributes> instances, String to) {
    if (!instances.isEmpty()) {
      node.delete(to);
    }
  }

  private void verify(String container) {
    Attributes shown = node.retrieve(container).attributes();
    List<Attributes> instances = instances(container);
    long octets = instances.stream().mapToLong(each -> each.whole("cs").orElseThrow()).sum();

    assertThat(shown.whole("cni").orElseThrow()).isEqualTo(instances.size());
    assertThat(shown.whole("cbs").orElseThrow()).isEqualTo(octets);
    assertThat(octets).isLessThanOrEqualTo(shown.whole("mbs").orElse(Long.MAX_VALUE));
    assertThat((long) instances.size())
        .isLessThanOrEqualTo(shown.whole("mni").orElse(Long.MAX_VALUE));
    instances.stream()
        .max(Comparator.comparingLong(CountersPropertyTest::number))
        .ifPresent(
            youngest ->
                assertThat(node.retrieve(container + "/la").text("rn"))
                    .isEqualTo(youngest.text("rn").orElseThrow()));
    instances.stream()
        .min(Comparator.comparingLong(CountersPropertyTest::number))
        .ifPresent(
            eldest ->
                assertThat(node.retrieve(container + "/ol").text("rn"))
                    .isEqualTo(eldest.text("rn").orElseThrow()));
  }

  private List<Attributes> instances(String container) {
    Attributes children =
        node.send(
                node.request(Operation.RETRIEVE, container)
                    .resultContent(ResultContent.CHILD_RESOURCES))
            .attributes();
    List<Attributes> instances = new ArrayList<>();
    if (children.get("m2m:cin").orElse(null) instanceof AttributeValue.Items items) {
      for (AttributeValue item : items.values()) {
        instances.add(((AttributeValue.Members) item).attributes());
      }
    }
    return instances;
  }

  private static long number(Attributes instance) {
    return Long.parseLong(instance.text("rn").orElseThrow().substring(1));
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("cse");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
