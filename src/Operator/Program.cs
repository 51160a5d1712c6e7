return await Plimsoll.Operator.Hosting.Verbs.Run(args);
