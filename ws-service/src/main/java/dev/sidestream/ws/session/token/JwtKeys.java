package dev.sidestream.ws.session.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The keys of the settings. Offers each only for algorithms of its own kind, so that no public key ever serves as a secret. */
final class JwtKeys implements JWSKeySelector<SecurityContext> {

    /** RFC 7518, section 3.2: a key as long as the hash. */
    private static final int MIN_SECRET = 32;

    private final List<Key> keys = new ArrayList<>();

    JwtKeys(List<String> secrets, List<String> publicKeys) {
        secrets.forEach(secret -> keys.add(secret(secret)));
        publicKeys.forEach(pem -> keys.add(publicKey(pem)));
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    @Override
    public List<? extends Key> selectJWSKeys(JWSHeader header, @Nullable SecurityContext context) {
        JWSAlgorithm algorithm = header.getAlgorithm();
        return keys.stream().filter(key -> fits(key, algorithm)).toList();
    }

    private static boolean fits(Key key, JWSAlgorithm algorithm) {
        return switch (key) {
            case RSAPublicKey rsa -> JWSAlgorithm.Family.RSA.contains(algorithm);
            case ECPublicKey ec -> JWSAlgorithm.Family.EC.contains(algorithm);
            case SecretKeySpec secret -> JWSAlgorithm.Family.HMAC_SHA.contains(algorithm);
            default -> false;
        };
    }

    private static Key secret(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_SECRET) {
            throw new IllegalArgumentException("sidestream.session.jwt.secrets holds a secret of " + bytes.length
                    + " bytes; each must have " + MIN_SECRET + " or more");
        }
        return new SecretKeySpec(bytes, "HMAC");
    }

    private static PublicKey publicKey(String pem) {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                X509EncodedKeySpec spec =
                        new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
                return KeyFactory.getInstance(algorithm).generatePublic(spec);
            } catch (GeneralSecurityException | IllegalArgumentException another) {
                continue;
            }
        }
        throw new IllegalArgumentException(
                "sidestream.session.jwt.public-keys holds what is no public key; each must be an"
                        + " RSA or EC key in PEM, beginning with -----BEGIN PUBLIC KEY-----");
    }
}
