using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Store.Settings;

namespace Plimsoll.Service.Tests;

public sealed class SettingsTests
{
    static Settings Read(bool loopback, params (string Name, string Value)[] variables) =>
        new SettingsReader(name => variables.FirstOrDefault(one => one.Name == name).Value).Read(loopback);

    [Theory]
    [InlineData("DATABASE_URL", "mysql://x/y"), InlineData("DATABASE_URL", "postgres://host"), InlineData("DATABASE_URL", "postgres://host/db?nonsense=1"), InlineData("DATABASE_URL", "sqlite:///")]
    [InlineData("REDIS_URL", "http://x"), InlineData("REDIS_URL", "redis://host/abc"), InlineData("SECRET_KEY", "short"), InlineData("LOG_LEVEL", "LOUD"), InlineData("LOG_LEVEL", "3")]
    [InlineData("WORKERS", "-1"), InlineData("WORKERS", "65"), InlineData("WORKERS", "two"), InlineData("TIMEOUT", "-1"), InlineData("MAX_CONNECTIONS", "1")]
    [InlineData("BLOB_STORE", "ftp://x"), InlineData("BLOB_STORE", "postgres:"), InlineData("BLOB_STORE", "s3://"), InlineData("ADMIN_TOKEN", "short"), InlineData("ADMIN_TOKEN", "has a space in it and is long")]
    [InlineData("REGISTRY_AUTH_FILE", "/nowhere"), InlineData("REGISTRY_ALLOW_PRIVATE", "10.0.0.0/99"), InlineData("REGISTRY_MIRRORS", "docker.io")]
    [InlineData("WEBHOOK_ALLOW_PRIVATE", "10.0.0.0/x"), InlineData("WEBHOOK_TIMEOUT", "61"), InlineData("RETENTION_DAYS", "0"), InlineData("RETENTION_DAYS", "never")]
    public void A_bad_value_is_one_line_that_names_its_variable(string name, string value)
    {
        var error = Assert.Throws<SettingsException>(() => Read(true, (name, value)));
        Assert.StartsWith($"{name}: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        if (Variables.All.Single(variable => variable.Name == name).Secret && name != "DATABASE_URL" && name != "REDIS_URL")
            Assert.DoesNotContain(value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Others_than_this_machine_need_a_secret_key() => Assert.Contains("openssl rand", Assert.Throws<SettingsException>(() => Read(false)).Message);

    [Fact]
    public void Nothing_at_all_is_sqlite_and_files_in_the_data_folder()
    {
        var settings = Read(true, ("DATA_DIR", "/data"));
        Assert.Equal((false, null, BlobKind.File, "/data/blobs"), (settings.Database.IsPostgres, settings.Redis, settings.Blobs.Kind, settings.Blobs.Place));
        Assert.Contains("/data/plimsoll.db", settings.Database.Connection);
    }

    [Fact]
    public void An_address_of_postgres_is_taken_as_other_programs_take_it()
    {
        var settings = Read(true, ("DATABASE_URL", "postgresql://us%40er:p%3Aw@db.example:6432/shop?sslmode=require"));
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(settings.Database.Connection);
        Assert.Equal(("db.example", 6432, "shop", "us@er", "p:w", Npgsql.SslMode.Require), (connection.Host, connection.Port, connection.Database, connection.Username, connection.Password, connection.SslMode));
        Assert.Equal(BlobKind.Postgres, settings.Blobs.Kind);
    }

    [Theory, InlineData("", Npgsql.GssEncryptionMode.Disable), InlineData("?gssencmode=prefer", Npgsql.GssEncryptionMode.Prefer)]
    public void Kerberos_encrypts_only_where_the_address_asks_for_it(string options, Npgsql.GssEncryptionMode expected) =>
        Assert.Equal(expected, new Npgsql.NpgsqlConnectionStringBuilder(Read(true, ("DATABASE_URL", $"postgres://db.example/shop{options}")).Database.Connection).GssEncryptionMode);

    [Fact]
    public void A_secret_may_stand_in_a_file()
    {
        using var folder = new TemporaryFolder();
        var settings = Read(false, ("SECRET_KEY_FILE", folder.Write("key", new string('s', 40) + "\n")));
        Assert.Equal(40, settings.SecretKey!.Length);
        Assert.StartsWith("SECRET_KEY_FILE: ", Assert.Throws<SettingsException>(() => Read(false, ("SECRET_KEY_FILE", folder.At("none")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_variable_says_what_it_takes() => Assert.All(Variables.All, variable => Assert.True(variable.Takes.Length > 5 && variable.Unset.Length > 1));
}
