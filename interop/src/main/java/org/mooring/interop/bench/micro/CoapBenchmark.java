// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.DataParser;
import org.eclipse.californium.core.network.serialization.DataSerializer;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.mooring.common.codec.CoapBinding;
import org.mooring.common.codec.DecodedRequest;
import org.mooring.common.codec.OptionGeneration;
import org.mooring.common.codec.ReplyStyle;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One CREATE of a key registration, or its answer, between primitive and datagram: Californium's
 * parser and serializer with the binding. {@code readOptions} is the binding alone, on a message
 * that is parsed already.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CoapBenchmark {
  private static final DataSerializer SERIALIZER = new UdpDataSerializer();

  /** The options of {@link Samples#request} whose number changed, and the number they had. */
  private static final Map<Integer, Integer> LEGACY_NUMBERS = Map.of(279, 256, 283, 257);

  @Param public OptionGeneration generation = OptionGeneration.CURRENT;

  @Param public Serialization serialization = Serialization.CBOR;

  private final CoapBinding binding = new CoapBinding(InstantSource.fixed(Samples.NOW));
  private final DataParser parser = CoapBinding.parser();
  private final RequestPrimitive request = Samples.request();
  private final ResponsePrimitive response = Samples.response();
  private ReplyStyle style =
      new ReplyStyle(
          true, generation, serialization, response.requestId(), ReleaseVersion.RELEASE_3, false);
  private byte[] requestDatagram = {};
  private byte[] responseDatagram = {};
  private Request parsed = new Request(CoAP.Code.POST);

  /** Makes the datagrams in the generation and serialization that the parameters name. */
  @Setup
  public void prepare() {
    style =
        new ReplyStyle(
            true, generation, serialization, response.requestId(), ReleaseVersion.RELEASE_3, false);
    Request coap = binding.encodeRequest(request, serialization);
    if (generation == OptionGeneration.LEGACY) {
      coap.setOptions(renumbered(coap.getOptions()));
    }
    requestDatagram = datagram(coap);
    responseDatagram = encodeResponse();
    parsed = (Request) parser.parseMessage(requestDatagram);
  }

  private static OptionSet renumbered(OptionSet options) {
    OptionSet renumbered = new OptionSet();
    for (Option option : options.asSortedList()) {
      Integer number = LEGACY_NUMBERS.get(option.getNumber());
      renumbered.addOption(
          number == null
              ? option
              : CoapBinding.optionRegistry()
                  .getDefinitionByNumber(number)
                  .create(option.getValue()));
    }
    return renumbered;
  }

  private static byte[] datagram(Message message) {
    message.setMID(1);
    message.setToken(Token.EMPTY);
    message.setType(CoAP.Type.CON);
    return SERIALIZER.getByteArray(message);
  }

  /** Requests are written in the current generation only. */
  @Benchmark
  public byte[] encodeRequest() {
    return datagram(binding.encodeRequest(request, serialization));
  }

  @Benchmark
  public DecodedRequest decodeRequest() {
    return binding.decodeRequest((Request) parser.parseMessage(requestDatagram));
  }

  @Benchmark
  public ReplyStyle readOptions() {
    return binding.replyStyle(parsed);
  }

  @Benchmark
  public byte[] encodeResponse() {
    return datagram(binding.encodeResponse(response, style));
  }

  @Benchmark
  public ResponsePrimitive decodeResponse() {
    return binding.decodeResponse((Response) parser.parseMessage(responseDatagram), request);
  }
}
