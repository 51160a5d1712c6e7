return await Plimsoll.Store.Hosting.Verbs.Run(args, Plimsoll.Api.Serve.Run);
