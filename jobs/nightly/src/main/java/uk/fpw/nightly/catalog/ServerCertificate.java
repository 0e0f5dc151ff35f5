package uk.fpw.nightly.catalog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.installation.CatalogAddress;
import uk.fpw.warehouse.privacy.FilePermissions;

/** The certificate and the private key of a server, from files as OpenSSL writes them. */
public final class ServerCertificate {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final List<String> ALGORITHMS = List.of("EC", "RSA");

    private ServerCertificate() {}

    /**
     * Reads both.
     *
     * @throws FpwException with {@code CONFIGURATION} if a file cannot be read or has another form, others may read the
     *     key, or the two do not belong together
     */
    public static SSLContext read(CatalogAddress address) {
        char[] none = {};
        try {
            FilePermissions.requireUnchangedByOthers(address.certificate());
            FilePermissions.requireSecret(address.key(), "catalog.key " + address.key());
            Certificate[] chain = chain(address.certificate());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, none);
            store.setKeyEntry("catalog", key(address.key()), none, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException unreadable) {
            throw FpwException.configuration(
                    "catalog.certificate or catalog.key cannot be read (" + unreadable
                            + "); name files that this user can read",
                    unreadable);
        } catch (GeneralSecurityException unusable) {
            throw FpwException.configuration(
                    "catalog.certificate " + address.certificate() + " and catalog.key " + address.key()
                            + " cannot be used: " + unusable.getMessage()
                            + "; they are PEM files, first the certificate of the server, then those that sign it, "
                            + "and an EC or RSA key without a password (openssl pkcs8 -topk8 -nocrypt)",
                    unusable);
        }
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                .toArray(new Certificate[0]);
        if (chain.length == 0) {
            throw new GeneralSecurityException("there is no certificate");
        }
        return chain;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher found = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!found.find()) {
            throw new InvalidKeySpecException("there is no PRIVATE KEY");
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        InvalidKeySpecException failed =
                new InvalidKeySpecException("the key is neither " + String.join(" nor ", ALGORITHMS));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException ofAnother) {
                failed.addSuppressed(ofAnother);
            }
        }
        throw failed;
    }
}
