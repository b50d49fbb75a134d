// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private static final Ports PORTS = new Ports(5684, 5683, 8080);

  @TempDir private Path parent;

  @Test
  void isCreatedForItsOwnerAlone() throws IOException {
    DataFolder folder = new DataFolder(parent.resolve("new/data")).create();

    assertThat(mode(folder.path())).isEqualTo("rwx------");
  }

  @Test
  void tellsThePortsInOneJsonObject() throws IOException {
    DataFolder folder = new DataFolder(parent);

    folder.writePorts(PORTS);

    assertThat(folder.portsFile()).hasContent("{\"coaps\":5684,\"coap\":5683,\"http\":8080}");
    assertThat(folder.readPorts()).hasValue(PORTS);
  }

  @Test
  void hasNoPortsWhereNoServerAnswers() throws IOException {
    DataFolder folder = new DataFolder(parent);
    assertThat(folder.readPorts()).isEmpty();

    Files.writeString(folder.portsFile(), "{\"coaps\":5684");
    assertThat(folder.readPorts()).isEmpty();

    folder.writePorts(PORTS);
    folder.removePorts();
    assertThat(folder.readPorts()).isEmpty();
  }

  @Test
  void isHeldByOneServerAtATime() {
    DataFolder folder = new DataFolder(parent);
    try (DataFolder.Lock held = folder.lock()) {
      assertThat(held).isNotNull();
      assertThatThrownBy(folder::lock)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("stop the server");
    }
    folder.lock().close();
  }

  @Test
  void keepsATokenOverRestarts() throws IOException {
    Path file = new DataFolder(parent).tokenFile();

    BearerToken.in(file);
    String text = Files.readString(file).strip();

    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(text).matches("[A-Za-z0-9_-]{43}");
    assertThat(BearerToken.in(file).isShownBy("Bearer " + text)).isTrue();
    assertThat(BearerToken.in(file).isShownBy("Bearer " + text + "x")).isFalse();
  }

  @Test
  void replacesATokenThatOthersCouldRead() throws IOException {
    Path file = new DataFolder(parent).tokenFile();
    BearerToken.in(file);
    String leaked = Files.readString(file).strip();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    BearerToken replaced = BearerToken.in(file);

    assertThat(replaced.isShownBy("Bearer " + leaked)).isFalse();
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
