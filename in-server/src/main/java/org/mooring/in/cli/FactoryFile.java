// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.mef.FactoryKey;

/**
 * What a node is given at the factory, as {@code asn-client --factory-file} reads it: a JSON object
 * with the identifier and the key, and where the node may go without a MEF with the configuration
 * that nobody will tell it; without a key where that is the node's alone. Only its owner may read
 * the file.
 */
final class FactoryFile {
  private FactoryFile() {}

  /**
   * Writes a new file.
   *
   * @param order what the operator gave, with the key if it was given
   * @param added the server's answer, with the key if it was made there
   * @throws CommandFailure if the file is there already or can not be written
   */
  static void write(Path file, EnroleeOrder order, Attributes added) {
    FactoryKey kind = order.factoryKey();
    Attributes given = order.toAttributes();
    Attributes.Builder content = Attributes.builder();
    added.text(kind.idText()).ifPresent(id -> content.put(kind.idText(), id));
    for (String name : kind.keyTexts()) {
      added.text(name).or(() -> given.text(name)).ifPresent(key -> content.put(name, key));
    }
    added.text("mef").ifPresent(mef -> content.put("mef", mef));
    given.text("expires").ifPresent(end -> content.put("expires", end));
    added
        .members(TrustResourceNames.CLIENT_CONFIGURATION)
        .ifPresent(told -> content.put(TrustResourceNames.CLIENT_CONFIGURATION, told));
    write(file, content.build());
  }

  /**
   * Writes a new file.
   *
   * @param content the members as they are read
   * @throws CommandFailure if the file is there already or can not be written
   */
  static void write(Path file, Attributes content) {
    try {
      PrivateFiles.createWhole(file, ContentCodec.writeAttributes(Serialization.JSON, content));
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException | UnsupportedOperationException e) {
      throw new CommandFailure(
          file
              + ": can not be written; the node was added, its key is told above if it was made"
              + " here");
    }
  }

  /** The failure where a file is in the way, which is found out before anything is added. */
  static CommandFailure exists(Path file) {
    return new CommandFailure(file + ": is there already, name a new file");
  }
}
