package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates a {@code rediss://} URL takes: those that the JVM trusts, or those in the file that {@code ?ca=} names. */
record Trust(StoreUrl url, Optional<Path> authorities) {

    static Trust of(StoreUrl url) {
        return new Trust(url, url.parameter("ca").map(Path::of));
    }

    /** @throws InvalidInput if the file cannot be read */
    TrustManagerFactory managers() {
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            // Without a store of its own it takes the JVM's.
            managers.init(authorities.isPresent() ? store(authorities.get()) : null);
            return managers;
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidInput(
                    "read the certificates that " + url + " names",
                    e instanceof NoSuchFileException missing
                            ? "there is no file " + missing.getFile()
                            : RedisStore.reason(e),
                    "name a PEM file of certificates by ?ca=/path/of/ca.pem",
                    e);
        }
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has TLS", e);
        }
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + store.size(), each);
            }
        }
        if (store.size() == 0) {
            throw new IOException("there is no certificate in " + file);
        }
        return store;
    }
}
