// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.primitive.Attributes;

/**
 * Orders in files of their own beside the vault, each sealed as the vault is: {@code
 * order-MILLISECONDS-RANDOM.bin}, so that their names sort by age.
 */
final class FileOrders implements ApplicationOrders {
  private static final String PREFIX = "order-";
  private static final String SUFFIX = ".bin";
  private static final int RANDOM_OCTETS = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final VaultDirectory directory;
  private final Supplier<VaultFormat> formatToWrite;
  private final Function<byte[], VaultFormat> formatOf;
  private final InstantSource clock = InstantSource.system();

  FileOrders(
      VaultDirectory directory,
      Supplier<VaultFormat> formatToWrite,
      Function<byte[], VaultFormat> formatOf) {
    this.directory = directory;
    this.formatToWrite = formatToWrite;
    this.formatOf = formatOf;
  }

  @Override
  public List<Waiting> waiting() {
    List<Waiting> orders = new ArrayList<>();
    for (String name : names()) {
      directory
          .read(name)
          .map(file -> new Waiting(opened(file), () -> directory.delete(name)))
          .ifPresent(orders::add);
    }
    return orders;
  }

  private List<String> names() {
    return directory.names(PREFIX, SUFFIX);
  }

  private ApplicationOrder opened(byte[] file) {
    return formatOf.apply(file).open(file, FileOrders::read);
  }

  @Override
  public void place(ApplicationOrder order) {
    byte[] random = new byte[RANDOM_OCTETS];
    RANDOM.nextBytes(random);
    String name =
        "%s%015d-%s%s".formatted(PREFIX, clock.millis(), HexFormat.of().formatHex(random), SUFFIX);
    directory.replace(name, formatToWrite.get().seal(write(order)));
  }

  /** Also what can not be read. */
  @Override
  public void erase() {
    names().forEach(directory::delete);
  }

  private static Attributes write(ApplicationOrder order) {
    if (order instanceof ApplicationOrder.Install install) {
      return Attributes.builder()
          .put("install", install.instance().id().value())
          .put("instance", AppInstanceCodec.write(install.instance()))
          .build();
    }
    ApplicationOrder.Remove remove = (ApplicationOrder.Remove) order;
    return Attributes.builder().put("remove", remove.instance().value()).build();
  }

  private static ApplicationOrder read(Attributes content) {
    return content
        .text("install")
        .<ApplicationOrder>map(
            id ->
                new ApplicationOrder.Install(
                    AppInstanceCodec.read(id, NodeStateCodec.object(content, "instance"))))
        .orElseGet(
            () ->
                new ApplicationOrder.Remove(
                    new AppInstanceId(NodeStateCodec.text(content, "remove"))));
  }
}
