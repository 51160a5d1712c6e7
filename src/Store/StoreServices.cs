using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Blobs;
using Plimsoll.Store.Images;
using Plimsoll.Store.Inspections;
using Plimsoll.Store.Layers;
using Plimsoll.Store.Requests;
using Plimsoll.Store.Observation;
using Plimsoll.Store.Policies;
using Plimsoll.Store.Registries;
using Plimsoll.Store.Settings;
using Plimsoll.Store.Tokens;
using Plimsoll.Store.Vex;
using Plimsoll.Store.Webhooks;
using StackExchange.Redis;

namespace Plimsoll.Store;

/// <summary>Puts the store together: the one place where embedded and scaled part.</summary>
internal static class StoreServices
{
    public static IServiceCollection AddStore(this IServiceCollection services, Settings.Settings settings)
    {
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        AddDatabase(services, settings);
        if (settings.Redis is { } redis)
        {
            services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis));
            services.AddSingleton<INews, RedisNews>();
        }
        else
            services.AddSingleton<INews, LocalNews>();
        services.AddSingleton<IBlobStore>(provider => settings.Blobs.Kind switch
        {
            BlobKind.Postgres => new PostgresBlobs(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>()),
            BlobKind.S3 => new S3Blobs(settings.Blobs.S3!.Client(), settings.Blobs.S3.Bucket, settings.Blobs.S3.Prefix),
            _ => new FileBlobs(settings.Blobs.Place),
        });
        services.AddSingleton<LocalBuckets>();
        services.AddSingleton<IBuckets>(provider => provider.GetService<IConnectionMultiplexer>() is { } shared ? new RedisBuckets(shared, provider.GetRequiredService<LocalBuckets>()) : provider.GetRequiredService<LocalBuckets>());
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<Schema>();
        services.AddMetrics();
        services.AddSingleton<ServiceMeter>();
        services.AddHostedService<QueueWatch>();
        services.AddHostedService<AdvisoryWatch>();
        services.AddSingleton<Dependencies>();
        services.AddHostedService<DependencyWatch>();
        services.AddSingleton(_ => SecretKeys.Of(settings));
        services.AddSingleton<UploadStore>();
        services.AddSingleton<Submissions>();
        services.AddSingleton<TokenStore>();
        services.AddSingleton<PolicyStore>();
        services.AddSingleton<InspectionQueue>();
        services.AddSingleton<LayerStore>();
        services.AddSingleton<RegistryAccess>();
        services.AddSingleton<ReportJudge>();
        services.AddSingleton<ReportReader>();
        services.AddSingleton<ImageFiles>();
        services.AddSingleton<AdvisoryShelf>();
        services.AddSingleton<VexShelf>();
        services.AddSingleton<VexStore>();
        services.AddSingleton<AdvisoryNews>();
        services.AddSingleton<MatchingLock>();
        services.AddSingleton<Rematch>();
        services.AddSingleton<AdvisoryImport>();
        services.AddWebhooks();
        return services;
    }

    /// <summary>The loop that runs inspections: in the worker, and in the API when it is all there is.</summary>
    public static IServiceCollection AddInspectionLoop(this IServiceCollection services)
    {
        services.AddSingleton<Contents>();
        services.AddSingleton<Examination>();
        services.AddSingleton<LeaseHeart>();
        services.AddSingleton<InspectionRun>();
        services.AddHostedService<InspectionLoop>();
        services.AddDeliveries();
        return services;
    }

    static void AddDatabase(IServiceCollection services, Settings.Settings settings)
    {
        if (settings.Database.IsPostgres)
        {
            services.AddSingleton(_ => NpgsqlDataSource.Create(settings.Database.Connection));
            services.AddPooledDbContextFactory<PostgresDb>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention());
            services.AddSingleton<IDbContextFactory<PlimsollDb>, Factory<PostgresDb>>();
        }
        else
        {
            services.AddPooledDbContextFactory<SqliteDb>(options => options.UseSqlite(settings.Database.Connection).UseSnakeCaseNamingConvention());
            services.AddSingleton<IDbContextFactory<PlimsollDb>, Factory<SqliteDb>>();
        }
    }

    /// <summary>Whoever asks for the database need not know which it is.</summary>
    sealed class Factory<T>(IDbContextFactory<T> inner) : IDbContextFactory<PlimsollDb> where T : PlimsollDb
    {
        public PlimsollDb CreateDbContext() => inner.CreateDbContext();

        public async Task<PlimsollDb> CreateDbContextAsync(CancellationToken cancellationToken = default) => await inner.CreateDbContextAsync(cancellationToken);
    }
}
