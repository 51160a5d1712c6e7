using Microsoft.Data.Sqlite;
using Npgsql;

namespace Plimsoll.Store.Settings;

/// <summary>Turns the addresses of the configuration into what the drivers take.</summary>
internal static class Addresses
{
    public static DatabaseAddress Database(string? url, string dataDirectory, int connections)
    {
        if (url is null)
            return Sqlite(Path.Combine(dataDirectory, "plimsoll.db"));
        if (url.StartsWith("sqlite:///", StringComparison.OrdinalIgnoreCase))
            return Sqlite(url["sqlite://".Length..] is { Length: > 1 } path ? path
                : throw new SettingsException(Variables.DatabaseUrl, "sqlite:/// wants a path, as in sqlite:///data/plimsoll.db"));
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("postgres" or "postgresql") || address.Host.Length == 0)
            throw new SettingsException(Variables.DatabaseUrl, "it takes postgres://user:password@host/database or sqlite:///path");
        return new DatabaseAddress(true, Postgres(address, connections));
    }

    static string Postgres(Uri address, int connections)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port > 0 ? address.Port : 5432,
            Database = address.AbsolutePath.Trim('/') is { Length: > 0 } name ? Uri.UnescapeDataString(name)
                : throw new SettingsException(Variables.DatabaseUrl, "it names no database; it takes postgres://user:password@host/database"),
            MaxPoolSize = connections,
            // Statements that come again are parsed and planned once for a connection.
            MaxAutoPrepare = 64,
            ApplicationName = "plimsoll",
            // Asked for by itself, it writes into the log that Kerberos' library is not there, as in the images. TLS is what encrypts.
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        var login = address.UserInfo.Split(':', 2);
        if (login[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(login[0]);
        if (login.Length > 1)
            builder.Password = Uri.UnescapeDataString(login[1]);
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            try
            {
                var (key, value) = pair.Split('=', 2) is [var k, var v] ? (k, v) : (pair, "");
                builder[Name(Uri.UnescapeDataString(key))] = Uri.UnescapeDataString(value);
            }
            catch (Exception e) when (e is ArgumentException or KeyNotFoundException or FormatException)
            {
                throw new SettingsException(Variables.DatabaseUrl, $"there is no option '{pair.Split('=')[0]}', or it does not take that value");
            }
        return builder.ConnectionString;
    }

    // The names of libpq, as other programs take them in the same address.
    static string Name(string option) => option switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "gssencmode" => "GSS Encryption Mode",
        "connect_timeout" => "Timeout",
        "application_name" => "Application Name",
        _ => option,
    };

    static DatabaseAddress Sqlite(string path) =>
        new(false, new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), ForeignKeys = true, DefaultTimeout = 30 }.ConnectionString);

    public static string? Redis(string? url)
    {
        if (url is null)
            return null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("redis" or "rediss") || address.Host.Length == 0)
            throw new SettingsException(Variables.RedisUrl, "it takes redis://host:6379 or rediss://host:6380");
        var options = new StackExchange.Redis.ConfigurationOptions { AbortOnConnectFail = false, Ssl = address.Scheme == "rediss", ClientName = "plimsoll" };
        options.EndPoints.Add(address.Host, address.Port > 0 ? address.Port : 6379);
        var login = address.UserInfo.Split(':', 2);
        if (login.Length > 1)
            options.Password = Uri.UnescapeDataString(login[1]);
        if (login[0].Length > 0)
            options.User = Uri.UnescapeDataString(login[0]);
        if (address.AbsolutePath.Trim('/') is { Length: > 0 } number)
            options.DefaultDatabase = int.TryParse(number, out var database) && database >= 0 ? database
                : throw new SettingsException(Variables.RedisUrl, "after the host it takes the number of a database, as in redis://host:6379/0");
        return options.ToString(includePassword: true);
    }

    public static BlobAddress Blobs(string? store, DatabaseAddress database, string dataDirectory) => store switch
    {
        null when database.IsPostgres => new BlobAddress(BlobKind.Postgres, ""),
        null or "file:" => new BlobAddress(BlobKind.File, Path.Combine(dataDirectory, "blobs")),
        "postgres:" when database.IsPostgres => new BlobAddress(BlobKind.Postgres, ""),
        "postgres:" => throw new SettingsException(Variables.BlobStore, "postgres: needs a DATABASE_URL of PostgreSQL"),
        _ when store.StartsWith("file:/", StringComparison.Ordinal) => new BlobAddress(BlobKind.File, Path.GetFullPath(store["file:".Length..].Replace("//", "/", StringComparison.Ordinal))),
        _ when store.StartsWith("s3:", StringComparison.Ordinal) => new BlobAddress(BlobKind.S3, "", S3Address.Parse(store)),
        _ => throw new SettingsException(Variables.BlobStore, $"'{store}' is no store; it takes file:, file:/path, postgres: or {S3Address.Form}"),
    };
}
