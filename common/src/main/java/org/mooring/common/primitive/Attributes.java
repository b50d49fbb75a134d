// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The attributes of a resource by short name, in the order they were put; immutable. */
public final class Attributes {
  /** No attributes. */
  public static final Attributes NONE = new Attributes(Map.of());

  private final Map<String, AttributeValue> values;

  private Attributes(Map<String, AttributeValue> values) {
    this.values = values;
  }

  public static Builder builder() {
    return new Builder(new LinkedHashMap<>());
  }

  /** A builder that starts with these attributes. */
  public Builder toBuilder() {
    return new Builder(new LinkedHashMap<>(values));
  }

  public Map<String, AttributeValue> asMap() {
    return values;
  }

  public Set<String> names() {
    return values.keySet();
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public Optional<AttributeValue> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The attribute if it is a string. */
  public Optional<String> text(String name) {
    return values.get(name) instanceof AttributeValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /** The attribute if it is an integer. */
  public OptionalLong whole(String name) {
    return values.get(name) instanceof AttributeValue.Whole whole
        ? OptionalLong.of(whole.value())
        : OptionalLong.empty();
  }

  /** The attribute if it is a boolean. */
  public Optional<Boolean> flag(String name) {
    return values.get(name) instanceof AttributeValue.Flag flag
        ? Optional.of(flag.value())
        : Optional.empty();
  }

  /** The attribute if it is an m2m:timestamp. */
  public Optional<Instant> timestamp(String name) {
    return text(name).flatMap(M2mTimestamp::parse);
  }

  /** The attribute if it is a byte string; a copy. */
  public Optional<byte[]> octets(String name) {
    return values.get(name) instanceof AttributeValue.Octets octets
        ? Optional.of(octets.value())
        : Optional.empty();
  }

  /** The strings of the attribute if it is a list; members that are no strings are left out. */
  public List<String> texts(String name) {
    if (!(values.get(name) instanceof AttributeValue.Items items)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (AttributeValue item : items.values()) {
      if (item instanceof AttributeValue.Text text) {
        texts.add(text.value());
      }
    }
    return Collections.unmodifiableList(texts);
  }

  /** The members of the attribute if it is an object. */
  public Optional<Attributes> members(String name) {
    return values.get(name) instanceof AttributeValue.Members members
        ? Optional.of(members.attributes())
        : Optional.empty();
  }

  /** The attributes without the named ones. */
  public Attributes without(Set<String> names) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>(values);
    kept.keySet().removeAll(names);
    return new Attributes(Collections.unmodifiableMap(kept));
  }

  /** The attributes after an UPDATE: given ones replace, {@code null} ones remove. */
  public Attributes updatedBy(Attributes update) {
    Map<String, AttributeValue> merged = new LinkedHashMap<>(values);
    update.values.forEach(
        (name, value) -> {
          if (value == AttributeValue.Nothing.NOTHING) {
            merged.remove(name);
          } else {
            merged.put(name, value);
          }
        });
    return new Attributes(Collections.unmodifiableMap(merged));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The names alone: a value may be a secret. */
  @Override
  public String toString() {
    return "Attributes" + values.keySet();
  }

  /** Puts attributes together. */
  public static final class Builder {
    private final Map<String, AttributeValue> values;

    private Builder(Map<String, AttributeValue> values) {
      this.values = values;
    }

    public Builder put(String name, AttributeValue value) {
      values.put(name, value);
      return this;
    }

    public Builder put(String name, String text) {
      return put(name, AttributeValue.of(text));
    }

    public Builder put(String name, long number) {
      return put(name, AttributeValue.of(number));
    }

    public Builder put(String name, boolean flag) {
      return put(name, AttributeValue.of(flag));
    }

    public Builder put(String name, Instant time) {
      return put(name, M2mTimestamp.format(time));
    }

    public Builder put(String name, List<String> texts) {
      return put(name, AttributeValue.ofTexts(texts));
    }

    public Builder put(String name, Attributes members) {
      return put(name, new AttributeValue.Members(members));
    }

    public Builder put(String name, byte[] octets) {
      return put(name, new AttributeValue.Octets(octets));
    }

    public Builder putAll(Attributes attributes) {
      values.putAll(attributes.values);
      return this;
    }

    public Attributes build() {
      return new Attributes(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }
  }
}
