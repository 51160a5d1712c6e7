return await Plimsoll.Store.Hosting.Verbs.Run(args, Plimsoll.Worker.Serve.Run);
