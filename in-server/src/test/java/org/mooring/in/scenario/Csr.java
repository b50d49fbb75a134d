// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.CertificateName;

/** A certification request as any node may send one. */
public final class Csr {
  private final KeyPair keys;
  private final List<GeneralName> names = new ArrayList<>();
  private String subject = "";
  private PrivateKey signer;
  private @Nullable String challenge;

  private Csr(KeyPair keys) {
    this.keys = keys;
    this.signer = keys.getPrivate();
  }

  /** A request that asks for no name. */
  public static Csr with(KeyPair keys) {
    return new Csr(keys);
  }

  /** A key pair on a curve. */
  public static KeyPair keys(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyPair keys() {
    return keys("secp256r1");
  }

  public Csr subject(String distinguishedName) {
    subject = distinguishedName;
    return this;
  }

  public Csr dnsName(String name) {
    names.add(new GeneralName(GeneralName.dNSName, name));
    return this;
  }

  public Csr uri(String name) {
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, name));
    return this;
  }

  public Csr nodeId(String id) {
    names.add(
        new GeneralName(
            GeneralName.otherName,
            new OtherName(
                new ASN1ObjectIdentifier(CertificateName.OfNode.NAME_TYPE),
                new DERUTF8String(id))));
    return this;
  }

  public Csr challenge(String password) {
    challenge = password;
    return this;
  }

  /** Has another key sign, so that possession is not proved. */
  public Csr signedBy(PrivateKey other) {
    signer = other;
    return this;
  }

  public byte[] der() {
    try {
      JcaPKCS10CertificationRequestBuilder request =
          new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic());
      if (!names.isEmpty()) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
        request.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
      }
      if (challenge != null) {
        request.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String(challenge));
      }
      return request
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer))
          .getEncoded();
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
