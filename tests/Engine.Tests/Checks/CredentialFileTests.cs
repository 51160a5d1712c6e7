using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Checks;

public sealed class CredentialFileTests
{
    // In two parts, so that no scanner takes this file for a leak.
    public const string PrivateKey = "-----BEGIN OPENSSH PRIVATE " + "KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----\n";

    static IReadOnlyList<Evidence> Of(string path, string content) => new ImageBuilder().Layer(layer => layer.File(path, content)).Check<CredentialFileCheck>();

    [Fact]
    public void A_key_that_a_later_layer_deletes_is_still_in_the_image()
    {
        var evidence = Assert.Single(new ImageBuilder().Layer(layer => layer.File("etc/hostname", "x")).Layer(layer => layer.File("root/.ssh/id_rsa", PrivateKey))
            .Layer(layer => layer.Delete("root/.ssh/id_rsa")).Check<CredentialFileCheck>());

        Assert.Equal("root/.ssh/id_rsa holds a private key: added in layer 1, deleted by layer 2, still in the image", evidence.Text);
        Assert.Equal((1, "root/.ssh/id_rsa", null), (evidence.Layer, evidence.Path, evidence.Severity));
    }

    [Fact]
    public void A_key_in_a_directory_that_is_deleted_is_found_too() =>
        Assert.Contains("deleted by layer 1", Assert.Single(new ImageBuilder().Layer(layer => layer.File("build/secrets/tls.key", PrivateKey))
            .Layer(layer => layer.Delete("build")).Check<CredentialFileCheck>()).Text, StringComparison.Ordinal);

    [Fact]
    public void Every_copy_counts()
    {
        var found = new ImageBuilder().Layer(layer => layer.File("k/id_rsa", PrivateKey)).Layer(layer => layer.File("k/id_rsa", PrivateKey, Mode.Octal("600"))).Check<CredentialFileCheck>();

        Assert.Equal([("k/id_rsa holds a private key: added in layer 0, overwritten by layer 1, still in the image", 0), ("k/id_rsa holds a private key", 1)],
            found.Select(evidence => (evidence.Text, evidence.Layer!.Value)));
    }

    [Theory]
    [InlineData("root/.aws/credentials", "[default]\naws_access_key_id=x\naws_secret_access_key=y\n")]
    [InlineData("root/.docker/config.json", "{\"auths\":{\"r.example\":{\"auth\":\"dTpw\"}}}")]
    [InlineData("root/.kube/config", "users:\n- user:\n    token: abc\n")]
    [InlineData("root/.netrc", "machine x login y password z")]
    [InlineData("app/.npmrc", "//npm.example/:_authToken=abc")]
    [InlineData("root/.pypirc", "[pypi]\nusername = a\npassword = b\n")]
    [InlineData("etc/pip.conf", "[global]\nindex-url = https://u:p@pypi.example/simple\n")]
    [InlineData("root/.git-credentials", "https://user:abc@git.example\n")]
    [InlineData("root/.pgpass", "db:5432:app:app:hunter2\n")]
    [InlineData(".env", "DEBUG=1\nexport API_KEY=opaque-value-1\n")]
    [InlineData("app/.env.production", "DB_PASSWORD=hunter2hunter2\n")]
    [InlineData("etc/ssh/ssh_host_ed25519_key", PrivateKey)]
    [InlineData("app/server.pem", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n" + PrivateKey)]
    public void A_credential_is_believed_by_its_content(string path, string content)
    {
        var evidence = Assert.Single(Of(path, content));

        Assert.Equal((path, null), (evidence.Path, evidence.Severity));
    }

    [Theory]
    [InlineData("etc/ssl/certs/ca.pem", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n")]
    [InlineData("app/public.key", "-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----\n")]
    [InlineData("root/.ssh/id_rsa.pub", "ssh-rsa AAAA")]
    [InlineData("app/.npmrc", "//npm.example/:_authToken=${NPM_TOKEN}")]
    [InlineData("app/.env", "DEBUG=1\nPORT=8080\nDB_PASSWORD=changeme\n")]
    [InlineData("app/.env.example", "DB_PASSWORD=hunter2hunter2\n")]
    [InlineData("root/.docker/config.json", "{\"credsStore\":\"desktop\",\"auths\":{}}")]
    [InlineData("app/config.json", "{\"auth\":\"basic\"}")]
    [InlineData("app/id_rsa", "not a key")]
    [InlineData("app/credentials", "aws_secret_access_key=y")]
    public void What_is_only_called_so_is_no_credential(string path, string content) => Assert.Empty(Of(path, content));

    [Theory]
    [InlineData("usr/lib/python3/dist-packages/x/keys/server.key")]
    [InlineData("app/tests/server.key")]
    [InlineData("etc/ssl/private/ssl-cert-snakeoil.key")]
    public void A_place_for_examples_only_lowers_the_confidence(string path) => Assert.Equal(Severity.Low, Assert.Single(Of(path, PrivateKey)).Severity);

    [Fact]
    public void An_encrypted_key_is_less() => Assert.Equal(Severity.Medium, Assert.Single(Of("app/k.pem", "-----BEGIN ENCRYPTED PRIVATE " + "KEY-----\nx\n")).Severity);

    [Fact]
    public void A_key_store_is_known_by_its_name() => Assert.Equal(Severity.Medium, Assert.Single(Of("app/server.p12", "0\u0001")).Severity);
}
