// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.primitive.Attributes;

/**
 * Orders in files of their own beside the vault, each sealed as the vault is: {@code
 * order-NUMBER.bin}, each number one more than the greatest there is, whatever the clock says. One
 * that can not be read is set aside as {@code unreadable-order-NUMBER.bin}.
 */
final class FileOrders implements ApplicationOrders {
  private static final String PREFIX = "order-";
  private static final String SUFFIX = ".bin";
  private static final String ASIDE = "unreadable-";

  private final VaultDirectory directory;
  private final Supplier<VaultFormat> formatToWrite;
  private final Function<byte[], VaultFormat> formatOf;

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
      waiting(name).ifPresent(orders::add);
    }
    return orders;
  }

  /** Empty for one that was carried out since its name was read. */
  private Optional<Waiting> waiting(String name) {
    try {
      return directory
          .read(name)
          .map(file -> new Waiting(opened(file), () -> directory.delete(name)));
    } catch (VaultException e) {
      return Optional.of(
          new Waiting(
              new ApplicationOrder.Unreadable(
                  "app: order "
                      + ASIDE
                      + name
                      + " is not carried out; give it again: "
                      + reason(e)),
              () -> directory.rename(name, ASIDE + name)));
    }
  }

  private static String reason(VaultException e) {
    return String.valueOf(e.getMessage());
  }

  private List<String> names() {
    return directory.names(PREFIX, SUFFIX);
  }

  private ApplicationOrder opened(byte[] file) {
    return formatOf.apply(file).open(file, FileOrders::read);
  }

  @Override
  public void place(ApplicationOrder order) {
    byte[] sealed = formatToWrite.get().seal(write(order));
    long number = next();
    while (!directory.create(name(number), sealed)) {
      number++;
    }
  }

  private long next() {
    List<String> names = names();
    return names.isEmpty() ? 1 : number(names.get(names.size() - 1)) + 1;
  }

  private static String name(long number) {
    return "%s%012d%s".formatted(PREFIX, number, SUFFIX);
  }

  private static long number(String name) {
    String digits = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new VaultException("vault: " + name + " is no order; take it away");
    }
  }

  /** Also what can not be read, and what a power cut left half-written. */
  @Override
  public void erase() {
    directory.names(PREFIX, "").forEach(directory::delete);
    directory.names(ASIDE, "").forEach(directory::delete);
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
