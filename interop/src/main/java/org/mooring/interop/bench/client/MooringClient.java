// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.process.InServer;

/** {@code asn-client.jar run} without Mca, which Leshan's client has nothing like. */
final class MooringClient implements Client {
  private final InServer server;
  private final EnrolmentPath path;
  private final Path folder;
  private int made;

  /**
   * @param folder takes vaults and keys
   */
  MooringClient(InServer server, EnrolmentPath path, Path folder) {
    this.server = server;
    this.path = path;
    this.folder = folder;
  }

  @Override
  public Life next() {
    Attributes added =
        server.admin().addEnrolee(Attributes.builder().put("path", path.text()).build());
    String name = path.text() + made++;
    Path kpm = folder.resolve(name + ".kpm");
    try {
      Files.writeString(kpm, added.text("kpm").orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(kpm.toString(), e);
    }
    List<String> arguments =
        List.of(
            "run",
            "--json",
            "--mca=off",
            "--vault=" + folder.resolve(name),
            "--mef=coaps://127.0.0.1:" + server.ports().coaps(),
            "--kpm-id=" + added.text("kpmId").orElseThrow(),
            "--kpm=file:" + kpm);
    return new Life(arguments, arguments, "\"event\":\"registered\"");
  }
}
