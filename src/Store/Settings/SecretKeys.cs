using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Store.Settings;

/// <summary>The keys that follow from <c>SECRET_KEY</c>, one for each use (RFC 5869), so that none of them tells another.</summary>
internal sealed class SecretKeys(byte[] secret)
{
    const int TagBytes = 16;
    const int NonceBytes = 12;

    readonly byte[] _tokens = Derive(secret, "plimsoll tokens");
    readonly byte[] _credentials = Derive(secret, "plimsoll registry credentials");

    readonly byte[] _answers = Derive(secret, "plimsoll kept answers");

    readonly byte[] _webhooks = Derive(secret, "plimsoll webhooks");

    /// <summary>What is stored of a token.</summary>
    public byte[] HashToken(string token) => HMACSHA256.HashData(_tokens, Encoding.UTF8.GetBytes(token));

    /// <summary>A login at a registry. AES-256-GCM: nonce, tag, cipher text.</summary>
    public byte[] Encrypt(byte[] plain) => Encrypt(_credentials, plain);

    /// <exception cref="CryptographicException">It was encrypted with another key, or changed.</exception>
    public byte[] Decrypt(byte[] sealedText) => Decrypt(_credentials, sealedText);

    /// <summary>An answer that is kept for whoever asks the same again. It may hold a token.</summary>
    public byte[] EncryptAnswer(byte[] plain) => Encrypt(_answers, plain);

    /// <exception cref="CryptographicException">It was encrypted with another key, or changed.</exception>
    public byte[] DecryptAnswer(byte[] sealedText) => Decrypt(_answers, sealedText);

    /// <summary>What signs the deliveries of a webhook.</summary>
    public byte[] EncryptWebhook(byte[] plain) => Encrypt(_webhooks, plain);

    /// <exception cref="CryptographicException">It was encrypted with another key, or changed.</exception>
    public byte[] DecryptWebhook(byte[] sealedText) => Decrypt(_webhooks, sealedText);

    static byte[] Encrypt(byte[] key, byte[] plain)
    {
        var sealedText = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(sealedText.AsSpan(0, NonceBytes), plain, sealedText.AsSpan(NonceBytes + TagBytes), sealedText.AsSpan(NonceBytes, TagBytes));
        return sealedText;
    }

    static byte[] Decrypt(byte[] key, byte[] sealedText)
    {
        var plain = new byte[Math.Max(0, sealedText.Length - NonceBytes - TagBytes)];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(sealedText.AsSpan(0, NonceBytes), sealedText.AsSpan(NonceBytes + TagBytes), sealedText.AsSpan(NonceBytes, TagBytes), plain);
        return plain;
    }

    /// <summary>With no <c>SECRET_KEY</c>, which only loopback allows, a key of its own is kept beside the data.</summary>
    public static SecretKeys Of(Settings settings)
    {
        if (settings.SecretKey is { } given)
            return new SecretKeys(given);
        Directory.CreateDirectory(settings.DataDirectory);
        var path = Path.Combine(settings.DataDirectory, "secret.key");
        var key = new byte[32];
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            RandomNumberGenerator.Fill(key);
            using var file = new FileStream(path, options);
            file.Write(key);
        }
        catch (IOException) when (File.Exists(path))
        {
            using var file = File.OpenRead(path);
            file.ReadExactly(key);
        }
        return new SecretKeys(key);
    }

    static byte[] Derive(byte[] secret, string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes(use));
}
