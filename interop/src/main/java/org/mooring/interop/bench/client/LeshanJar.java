// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.client;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.mooring.interop.bench.client.leshan.LeshanClientMain;

/**
 * Leshan's client packed as ours is: one jar of what it needs, without signatures, which would keep
 * its classes out of an archive and cost a third of its start.
 */
final class LeshanJar {
  private static final List<String> PARTS =
      List.of(
          "leshan-client-",
          "leshan-core-",
          "californium-core-",
          "scandium-",
          "element-connector-",
          "cf-oscore-",
          "jackson-core-",
          "jackson-databind-",
          "jackson-annotations-",
          "cbor-",
          "numbers-",
          "datautilities-",
          "slf4j-api-");

  private final JarOutputStream out;
  private final Set<String> written = new HashSet<>();

  private LeshanJar(JarOutputStream out) {
    this.out = out;
  }

  /** Packs the parts that stand on this program's class path. */
  static Path write(Path jar) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, LeshanClientMain.class.getName());
    main.put(Attributes.Name.MULTI_RELEASE, "true");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      LeshanJar packed = new LeshanJar(out);
      for (Class<?> part : LeshanClientMain.class.getNestMembers()) {
        packed.addClass(part);
      }
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        String name = Path.of(entry).getFileName().toString();
        if (name.endsWith(".jar") && PARTS.stream().anyMatch(name::startsWith)) {
          packed.addAll(new File(entry));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(jar + ": can not be written", e);
    }
    return jar;
  }

  private void addClass(Class<?> part) throws IOException {
    String name = part.getName().replace('.', '/') + ".class";
    try (InputStream octets = part.getResourceAsStream("/" + name)) {
      if (octets == null) {
        throw new IOException(name + ": is not on the class path");
      }
      add(name, octets);
    }
  }

  private void addAll(File jar) throws IOException {
    try (JarFile part = new JarFile(jar)) {
      for (JarEntry entry : part.stream().filter(LeshanJar::isWanted).toList()) {
        try (InputStream octets = part.getInputStream(entry)) {
          add(entry.getName(), octets);
        }
      }
    }
  }

  private static boolean isWanted(JarEntry entry) {
    String name = entry.getName();
    return !entry.isDirectory()
        && !name.endsWith("module-info.class")
        && !name.matches("META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA))");
  }

  private void add(String name, InputStream octets) throws IOException {
    if (written.add(name)) {
      out.putNextEntry(new JarEntry(name));
      octets.transferTo(out);
      out.closeEntry();
    }
  }
}
