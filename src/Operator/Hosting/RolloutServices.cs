using System.Diagnostics.Metrics;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;
using Plimsoll.Client;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Rollouts;

namespace Plimsoll.Operator.Hosting;

/// <summary>How the parts of the operator are put together.</summary>
internal static class RolloutServices
{
    public static IServiceCollection AddRollouts(this IServiceCollection services, OperatorSettings settings, KubernetesClientConfiguration cluster)
    {
        var identity = $"{settings.Pod.Name}_{Guid.NewGuid():N}";
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new ApiServer(cluster)).AddSingleton<IKubernetes>(provider => provider.GetRequiredService<ApiServer>());
        services.AddSingleton(new PlimsollClient(new PlimsollClientOptions(settings.Service) { Token = settings.Token, Attempts = 2, LongestWait = TimeSpan.FromSeconds(5), Silence = TimeSpan.FromSeconds(30) }));
        services.AddSingleton(new ClusterView(Math.Max(1, settings.Namespaces.Count)));
        services.AddSingleton(new LeaseOptions(settings.Pod.Namespace, settings.Lease, identity)).AddSingleton<LeaderLease>();
        services.AddSingleton<Applier>().AddSingleton<Effects>().AddSingleton<RolloutWriter>().AddSingleton<RolloutMetrics>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EventRecorder>(provider, identity));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PullSecrets>(provider, settings.PullSecrets));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ServiceAnswers>(provider, settings.PublicUrl));
        services.AddSingleton<IEntityController<ImageRollout>, RolloutController>();
        services.AddSingleton(provider => new WorkQueue(nameof(ImageRollout), provider.GetRequiredService<IMeterFactory>(), TimeProvider.System));
        services.AddSingleton(provider =>
        {
            var (view, queue) = (provider.GetRequiredService<ClusterView>(), provider.GetRequiredService<WorkQueue>());
            // Each change is told by the view, which knows what it is about; the controller itself hears of those that are gone.
            view.Watch(queue.Add);
            return new Controller<ImageRollout>(provider.GetRequiredService<IEntityController<ImageRollout>>(), view.Rollouts, queue, provider.GetRequiredService<IMeterFactory>(), provider.GetRequiredService<ILogger<Controller<ImageRollout>>>())
            {
                Workers = settings.Workers, Matters = (_, _) => false,
            };
        });
        services.AddSingleton<Leadership>().AddHostedService(provider => provider.GetRequiredService<Leadership>());
        foreach (var ns in settings.Namespaces.DefaultIfEmpty<string?>(null))
            services.Follow(view => view.Rollouts, ImageRollout.Type, ns)
                .Follow(view => view.Deployments, Targets.TypeOf(TargetKind.Deployment), ns)
                .Follow(view => view.StatefulSets, Targets.TypeOf(TargetKind.StatefulSet), ns)
                .Follow(view => view.DaemonSets, Targets.TypeOf(TargetKind.DaemonSet), ns)
                .Follow(view => view.Pods, new ResourceType("", "v1", "pods", "Pod"), ns, ClusterView.SmokeLabel);
        return services;
    }

    // Not AddHostedService, which takes one of a type.
    static IServiceCollection Follow<T>(this IServiceCollection services, Func<ClusterView, ObjectStore<T>> store, ResourceType type, string? ns, string? labels = null)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        services.AddSingleton<IHostedService>(provider => new Reflector<T>(
            new ObjectFeed<T>(provider.GetRequiredService<ApiServer>(), type, ns, labels), store(provider.GetRequiredService<ClusterView>()), TimeProvider.System, provider.GetRequiredService<ILogger<Reflector<T>>>()));
}
