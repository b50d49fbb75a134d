// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.app.IssuedToken;
import org.mooring.in.app.SigningKey;
import org.mooring.in.app.Standing;
import org.mooring.in.cse.Resource;
import org.mooring.in.group.Device;
import org.mooring.in.mef.Enrolee;

/** Arguments that a method can be called with, one call for each constant of an enum. */
final class SampleArguments {
  private static final Map<Class<?>, Object> SAMPLES =
      Map.ofEntries(
          Map.entry(String.class, "sample"),
          Map.entry(int.class, 1),
          Map.entry(long.class, 1L),
          Map.entry(boolean.class, false),
          Map.entry(byte[].class, new byte[] {1}),
          Map.entry(List.class, List.of()),
          Map.entry(Instant.class, StoreTest.START),
          Map.entry(Duration.class, Duration.ofHours(1)),
          Map.entry(Attributes.class, Attributes.NONE),
          Map.entry(Fqdn.class, new Fqdn("mef.sp.example.org")),
          Map.entry(CseId.class, new CseId("/asn-1")),
          Map.entry(EntityId.class, new CseId("/asn-1")),
          Map.entry(NodeId.class, new NodeId("urn:uuid:sample")),
          Map.entry(KeyIdentifier.class, KeyIdentifier.parse("sample@mef.sp.example.org")),
          Map.entry(SecretKeyBytes.class, SecretKeyBytes.random()),
          Map.entry(KeyUsage.class, KeyUsage.of(21).orElseThrow()),
          Map.entry(EnrolmentPath.class, EnrolmentPath.MAF),
          Map.entry(Enrolee.Standing.class, new Enrolee.Standing.Active()),
          Map.entry(CommandDescription.class, new CommandDescription(1, Attributes.NONE, "/asn-1")),
          Map.entry(Optional.class, Optional.empty()),
          Map.entry(Device.State.class, new Device.State.Approved()),
          Map.entry(Rand.class, Rand.random()),
          Map.entry(SubscriberKey.class, SubscriberKey.random()),
          Map.entry(AeId.class, new AeId("//sp.example.org/asn-1/C1")),
          Map.entry(AppId.class, new AppId("Nsample")),
          Map.entry(AppInstanceId.class, new AppInstanceId("1")),
          Map.entry(TokenId.class, TokenId.parse("sample@sp.example.org")),
          Map.entry(ApprovedServices.class, ApprovedServices.NONE),
          Map.entry(IssuedToken.class, issuedToken()),
          Map.entry(SigningKey.class, signingKey()),
          Map.entry(Standing.class, new Standing.Active()),
          Map.entry(Resource.Place.class, new Resource.Place("", "sample", "sample")));

  private SampleArguments() {}

  private static IssuedToken issuedToken() {
    return new IssuedToken(
        TokenId.parse("sample@sp.example.org"),
        new AppId("Nsample"),
        "sample",
        new TokenValidity(StoreTest.START, StoreTest.START.plusSeconds(1)),
        List.of(new AllowedNode("/asn-1")),
        ApprovedServices.NONE,
        new InstanceCaps(1, 1),
        "sample",
        new Standing.Active(),
        StoreTest.START);
  }

  private static SigningKey signingKey() {
    try {
      PublicKey key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
      return new SigningKey("sample", key, StoreTest.START, M2mTimestamp.NEVER);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Object[]> of(Method method) throws ReflectiveOperationException {
    List<List<Object>> lists = new ArrayList<>(List.of(List.of()));
    for (Class<?> type : method.getParameterTypes()) {
      List<List<Object>> longer = new ArrayList<>();
      for (List<Object> begun : lists) {
        for (Object sample : samples(type)) {
          List<Object> next = new ArrayList<>(begun);
          next.add(sample);
          longer.add(next);
        }
      }
      lists = longer;
    }
    return lists.stream().map(List::toArray).toList();
  }

  private static List<Object> samples(Class<?> type) throws ReflectiveOperationException {
    if (type.isEnum()) {
      return Arrays.asList(type.getEnumConstants());
    }
    return List.of(sample(type));
  }

  private static Object sample(Class<?> type) throws ReflectiveOperationException {
    Object known = SAMPLES.get(type);
    if (known != null) {
      return known;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = sample(types[i]);
    }
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    return constructor.newInstance(values);
  }
}
