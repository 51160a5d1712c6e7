using System.Security.Cryptography;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Secrets;

/// <summary>Keys that real tools and libraries write.</summary>
public sealed class RealKeyTests
{
    [Fact]
    public void Keys_of_NET_are_found_in_each_encoding()
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encrypted = rsa.ExportEncryptedPkcs8PrivateKeyPem("a passphrase", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.Equal("private-key", Assert.Single(SecretScans.Of(rsa.ExportRSAPrivateKeyPem())).Rule.Id);
        Assert.Equal("private-key", Assert.Single(SecretScans.Of(rsa.ExportPkcs8PrivateKeyPem())).Rule.Id);
        Assert.Equal("private-key", Assert.Single(SecretScans.Of(curve.ExportECPrivateKeyPem())).Rule.Id);
        Assert.Equal("private-key", Assert.Single(SecretScans.Of(curve.ExportPkcs8PrivateKeyPem())).Rule.Id);
        Assert.Equal("encrypted-private-key", Assert.Single(SecretScans.Of(encrypted)).Rule.Id);
        Assert.Equal("rsa-xml-key", Assert.Single(SecretScans.Of(rsa.ToXmlString(true))).Rule.Id);
        Assert.Empty(SecretScans.Of(rsa.ExportSubjectPublicKeyInfoPem() + rsa.ToXmlString(false)));
    }

    [Theory]
    [InlineData("rsa", "", "private-key")]
    [InlineData("ed25519", "", "private-key")]
    [InlineData("ecdsa", "", "private-key")]
    [InlineData("ed25519", "a passphrase", "encrypted-private-key")]
    public async Task Keys_of_OpenSSH_are_found(string type, string passphrase, string rule)
    {
        Tool.SkipWithout("ssh-keygen");
        using var folder = new TemporaryFolder();
        await Tool.Run("ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-C", "shop", "-f", folder.At("id")]);

        Assert.Equal(rule, Assert.Single(SecretScans.Of(await File.ReadAllBytesAsync(folder.At("id"), TestContext.Current.CancellationToken))).Rule.Id);
        Assert.Empty(SecretScans.Of(await File.ReadAllBytesAsync(folder.At("id.pub"), TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("private-key", "genpkey", "-algorithm", "ed25519")]
    [InlineData("private-key", "genrsa", "-traditional", "2048")]
    [InlineData("encrypted-private-key", "genrsa", "-traditional", "-aes128", "-passout", "pass:abcd", "2048")]
    [InlineData("private-key", "ecparam", "-name", "secp256k1", "-genkey")]
    public async Task Keys_of_OpenSSL_are_found(string rule, params string[] arguments)
    {
        Tool.SkipWithout("openssl");
        Assert.Equal(rule, Assert.Single(SecretScans.Of(await Tool.Run("openssl", arguments))).Rule.Id);
    }
}
