"""The words of English."""

from __future__ import annotations

from handrail.words.table import Words

ENGLISH = Words(
    language="en",
    facts={
        "owner": (
            "owner", "process owner", "procedure owner", "document owner", "owned by", "owners",
            "responsible owner", "sop owner",
        ),
        "roles": (
            "roles", "roles in this process", "roles in this procedure", "roles and responsibilities",
            "roles & responsibilities", "participants", "people involved", "who is involved",
        ),
        "version": ("version", "revision", "document version", "version number"),
        "effective": ("effective", "effective date", "effective from", "in force from", "valid from", "date effective"),
        "approved_by": ("approved by", "approver", "approvers", "authorised by", "authorized by"),
        "change_reason": ("change reason", "reason for change", "reason for the change"),
        "supersedes": ("supersedes", "replaces"),
        "review.every": ("review every", "review cycle", "review interval", "review frequency", "reviewed every"),
        "review.last": ("last reviewed", "last review", "last reviewed on", "reviewed on", "last review date"),
        "review.next": ("next review", "review due", "next review date", "review by"),
        "clauses": ("clauses", "clause", "norm references", "covers clauses"),
        "purpose": ("purpose", "outcome", "goal of the process", "aim", "objective", "objectives", "intent"),
        "customer": ("customer", "customers", "for whom", "beneficiary", "beneficiaries"),
        "trigger": ("trigger", "triggers", "when to use", "when this happens", "when to use this", "starts when",
                    "when to use this procedure", "when to run", "when to follow this"),
        "inputs": ("inputs", "input", "what you need as input"),
        "outputs": ("outputs", "output", "deliverables"),
        "indicators": ("indicators", "indicator", "key performance indicators", "kpis", "kpi", "metrics", "measures"),
        "feedback": ("feedback", "feedback loop", "how we improve", "how we learn"),
        "part_of": ("part of", "part of process"),
        "process": ("process", "home process", "belongs to process"),
        "risk": ("risk", "risk level", "risk class"),
        "role": ("role", "done by", "performed by", "carried out by", "responsible role"),
        "prerequisites": ("prerequisites", "pre-requisites", "prerequisite", "requirements", "before you start",
                          "before you begin", "preconditions", "what you need", "you will need"),
        "done_when": ("done when", "definition of done", "expected result", "expected results", "success criteria",
                      "acceptance criteria", "exit criteria", "how you know it worked", "verify", "verification"),
        "may_deviate": ("may deviate", "deviation", "deviations", "exceptions", "who may deviate"),
        "competence": ("competence", "competency", "qualification", "qualifications", "required training"),
        "stand_in": ("stand-in", "stand in", "deputy", "substitute"),
        "named_by": ("how named", "named by", "appointed by", "how appointed"),
        "may_not": ("may not", "must not", "is not allowed to"),
        "template": ("template",),
        "fields": ("fields", "required fields"),
        "states": ("states", "life cycle", "lifecycle"),
        "kept": ("where kept", "kept in", "stored in", "where stored", "storage"),
        "kept_for": ("how long", "kept for", "retention", "retention period", "how long kept"),
        "status": ("status", "document status"),
        "order": ("order",),
        "area": ("area",),
        "title": (),
    },
    aspects=("scope", "goal", "goals", "flexibility", "focus", "limits", "limitations", "applicability"),
    labels={
        "input": ("input", "inputs", "takes in", "needs"),
        "output": ("output", "outputs", "gives", "result in"),
        "record": ("record", "records", "evidence", "document in", "logged in"),
        "expect": ("expect", "expected", "expected result", "expected outcome", "expected output", "result",
                   "you should see", "verify"),
        "within": ("within", "deadline", "time limit", "due"),
        "every": ("every", "frequency", "how often", "repeat every"),
        "takes": ("takes", "duration", "time needed", "estimated time"),
        "warning": ("warning", "caution", "danger", "warnings", "attention"),
        "if_not": ("if not", "if this fails", "if it fails", "on failure", "otherwise do", "if unsuccessful"),
        "wait": ("wait", "wait for"),
        "hold": ("hold", "hold point", "released by", "stop point", "gate"),
        "consult": ("consult", "consulted", "ask", "asked"),
        "inform": ("inform", "informed", "notify", "tell", "told"),
        "approve": ("approve", "approves", "approved by", "approver"),
        "judgement": ("judgement", "judgment", "left to judgement", "left to judgment", "discretion"),
        "starts_when": ("starts when", "start when", "begins when"),
        "throughout": ("throughout", "all the time", "meanwhile"),
        "at_once": ("at once", "in parallel", "at the same time"),
        "stop": ("stop", "stop and inform", "stop and tell"),
        "next": ("next", "then", "next step", "go to"),
        "when": ("when", "condition", "if", "only if", "only when"),
        "after": ("after",),
        "who": ("who", "role", "roles", "responsible", "delegate to", "done by",
                "performed by", "by whom", "actor", "responsibility", "assigned to"),
        "participants": ("participants", "participant", "people involved"),
        "note": ("note", "notes", "tip", "hint", "important", "example", "examples", "e.g", "remember", "info",
                 "information", "optional", "background", "why", "reason", "see", "see also", "nb", "n.b", "todo"),
    },
    steps_headings=(
        "steps", "procedure", "procedures", "process steps", "procedure steps", "instructions", "checklist",
        "workflow", "what to do", "how to", "step by step", "step-by-step", "action items", "actions", "activities",
        "tasks", "runbook", "playbook", "method", "protocol", "process", "flow",
    ),
    to_words=("to", "when"),
    how_to=("how to",),
    steps_endings=("steps", "procedure", "checklist", "instructions", "workflow"),
    flow_headings=(
        "flow", "process", "process flow", "process steps", "process overview", "steps", "activities", "workflow", "the flow",
        "procedure", "phases", "stages", "how it works", "the process",
    ),
    not_steps=(
        "references", "reference", "agenda", "agendas", "definitions", "contents", "table of contents", "see also",
        "further reading", "links", "resources", "glossary", "terms", "terminology", "abbreviations", "related",
        "related documents", "related links", "related pages", "useful resources", "useful links", "bibliography",
        "sources", "footnotes", "changelog", "change log", "revision history", "history", "examples", "example",
        "faq", "questions", "contacts", "contact", "acknowledgements", "credits", "literature", "on this page",
        "attendees", "principles", "background", "more information", "additional resources", "external resources",
        "acronyms", "symptoms", "limitations", "known issues", "materials", "equipment", "materials and equipment",
        "reagents", "supplies", "consumables", "recipes", "safety", "safety notes", "precautions", "notes",
    ),
    not_steps_endings=(
        "references", "acronyms", "abbreviations", "definitions", "terms", "materials", "equipment", "reagents",
        "precautions", "principles", "limitations", "known issues",
    ),
    lead_ins=("agenda", "for example", "examples include", "following resources", "following links", "following references",
              "definitions", "further reading", "see also", "useful links"),
    sections=(
        "purpose", "scope", "references", "reference", "definitions", "responsibilities", "introduction",
        "abbreviations", "revision history", "terms", "terms and definitions", "roles and responsibilities",
        "objective", "objectives", "summary", "background", "overview", "related documents", "appendix", "annex",
        "normative references", "glossary", "general", "document history", "records",
    ),
    step=("step",),
    step_columns=("step", "steps", "#", "no", "no.", "nr", "nr.", "step no", "step #", "step number"),
    text_columns=("action", "actions", "what", "task", "tasks", "activity", "activities", "description", "do",
                  "instruction", "instructions", "what to do", "details", "procedure", "step"),
    for_words=("for", "by", "of"),
    jump=("go", "goes", "going", "move", "moves", "return", "returns", "continue", "continues", "skip", "skips",
          "repeat", "repeats", "jump", "proceed", "proceeds", "hand over", "hands over", "starts again", "start again"),
    of_place=("in", "of", "from", "under"),
    this_place=("this", "these", "the same", "the procedure", "the process", "the list"),
    jump_between=("back", "on", "to", "the", "step", "straight", "directly", "with", "at", "from", "over", "ahead", "forward",
                  "again", "down", "up", "section", "steps"),
    mention=("see", "see also", "use", "using", "from", "in", "to your", "according to"),
    end=("end", "ends", "end here", "finish", "done", "the end", "end of process", "end of procedure"),
    condition=("if", "when", "once", "after", "unless", "whenever", "as soon as", "in case", "in the event",
               "only if", "only when", "provided", "should"),
    otherwise=("otherwise", "else", "if not"),
    optional=("optional", "optionally", "if desired", "if you like"),
    bracket=("optional", "if", "only", "unless", "except", "when", "once", "skip if", "only if", "only for", "after",
             "for"),
    bracket_end=("only", "optional"),
    negative=("no", "not", "rejected", "failed", "fail", "fails"),
    articles=("the", "a", "an", "your", "our", "each", "every", "one", "all", "any"),
    not_roles=(
        "the", "a", "an", "your", "our", "this", "that", "these", "those", "it", "is", "are", "be", "to", "in",
        "on", "at", "with", "from", "into", "as", "if", "when", "not", "no", "new", "all", "by", "per", "via", "how",
        "what", "why", "where", "who", "which", "you", "we", "using", "before", "during", "until", "while",
        "step", "phase", "stage", "option", "note", "example", "part", "day", "week", "yes", "case", "method",
        "type", "level", "mode", "error", "issue", "problem", "problems", "cause", "causes", "solution", "result",
        "results", "status", "date", "time", "name", "title", "description", "summary", "overview", "details",
        "access", "impact", "priority", "severity", "version", "goal", "purpose", "scope",
    ),
    agents=tuple(
        """manager lead leader leads engineer officer owner team teams coordinator director commander scribe liaison
        deputy expert reviewer approver author developer operator maintainer administrator admin user customer
        requester requestor staff employee group committee board department desk qa qmo qms ceo cto cfo coo ciso dpo
        hr it legal finance support operations ops sales marketing security engineering assistant analyst specialist
        technician nurse doctor physician pharmacist scientist researcher chair chairperson president secretary
        treasurer member volunteer host facilitator trainer trainee auditor inspector supplier vendor supervisor head
        chief executive steward mentor buddy on-call oncall responder champion everybody everyone anyone council unit
        office clerk agent contractor partner client patient tester designer architect sponsor witness guard driver
        helpdesk service-desk ic sme pm po sre dba rm scrum crew shift sponsor accounting procurement warehouse
        laboratory lab quality regulatory management leadership person people""".split()
    ),
    agent_ending=r"\w{3,}(?:er|or|ist|ee)s?",
    not_agents=tuple(
        """server servers cluster order number timer container folder header footer router controller error errors
        monitor sensor vector factor color colour paper letter layer buffer browser printer computer driver filter
        counter parameter register ledger folder matter power water center centre center floor door mirror manner
        calendar cover answer offer trigger transfer chapter newsletter character identifier placeholder pointer
        helper loader parser compiler docker helm worker scheduler consumer producer balancer provider adapter
        connector selector operator user-error list checklist artist-list committee-list fee tree degree guarantee
        other another either neither never ever over under after before later earlier however together whether
        september october november december order-number blocker master cluster-operator exporter alertmanager
        outlier tier barrier carrier tor motor indicator descriptor executor processor editor""".split()
    ),
    verbs=tuple(
        """accept access account achieve acknowledge acquire act activate adapt add address adjust adopt advise agree
        align allocate allow amend analyse analyze announce answer append apply appoint approve arrange ask assemble
        assess assign attach attend audit authorise authorize avoid back backup bake balance be become begin block
        book boot bring browse build bump call cancel capture carry catch celebrate change charge chat check choose
        clarify classify clean clear click clone close collate collect combine commit communicate compare compile
        complete compose conduct configure confirm connect consider consult contact continue control convert
        coordinate copy correct cover create cut deactivate deal debug decide decrease define delegate delete deliver
        deploy describe design destroy detect determine develop diagnose disable discard disconnect discuss dismiss
        distribute document download draft drain drop edit eliminate enable encrypt encourage engage ensure enter
        escalate establish estimate evaluate examine execute exit expand expect explain explore export express extend
        extract fail fetch file fill filter finalise finalize find finish fix flag flush focus follow force forward
        freeze gather generate get give go grant group guide hand handle have help hire hold identify implement
        import improve include increase inform inspect install integrate introduce investigate invite involve isolate
        join keep kick kill label land launch lead learn leave let limit link list listen load locate lock log login
        look maintain make manage map mark measure meet merge migrate mitigate modify monitor mount move name
        navigate negotiate note notify obtain offer onboard open optimise optimize order organise organize pack page
        patch pause pay perform pick ping place plan plug point poll populate post prepare present press prevent
        print prioritise prioritize process produce promote propose protect prove provide provision publish pull
        purchase push put query quit raise reach read rebase reboot rebuild receive recheck recognise recognize
        recommend reconcile record recover recruit redeploy reduce refer refine refresh register reject relaunch
        release reload remind remove rename reopen repair repeat replace reply report reproduce request require
        rerun reschedule research reset resolve respond restart restore restrict resume retain retire retrieve retry
        return revert review revise revoke rinse roll rotate route run save scale schedule search secure see select
        send separate serve set setup share ship show shut sign silence skip solve sort specify split squash stabilise
        stabilize stage start state stop store submit subscribe suggest summarise summarize support suspend switch
        sync tag take talk teach tell terminate test thank think tidy track train transfer transition treat triage
        troubleshoot try turn type understand undo uninstall unlock unmount unplug unsubscribe update upgrade upload
        use validate vent verify view visit wait wake warn wash watch weigh welcome wipe work wrap write zip""".split()
    ),
    verb_nouns=tuple(
        """release test support lead change order process project design audit service document review research
        record report study control plan product contract account access back deal export import file form group land
        map market measure network offer page post project purchase search shift ship sort stage start store supply
        target task team track trade train transfer type work board call care case field floor head help host label
        link list log load mail media question quality request safety schedule shop site source state summary""".split()
    ),
    subject_verb=r"(?:\w+s|will|shall|must|should|may|can|do|have|are)\b",
    statuses={
        "draft": ("draft", "work in progress", "wip"),
        "in review": ("in review", "under review", "review", "proposed"),
        "effective": ("effective", "active", "approved", "released", "in force", "current", "published", "final"),
        "superseded": ("superseded", "replaced", "obsolete"),
        "withdrawn": ("withdrawn", "archived", "retired", "deprecated"),
    },
    risks={"low": ("low", "minor"), "medium": ("medium", "moderate"), "high": ("high", "critical", "severe", "major")},
    orders={
        "sequence": ("sequence", "in order", "in sequence", "sequential"),
        "any": ("any", "any order", "in any order", "as needed"),
        "ongoing": ("ongoing", "all the time", "throughout", "continuous"),
    },
    time_units={
        "minute": ("minute", "minutes", "min", "mins"),
        "hour": ("hour", "hours", "h", "hr", "hrs"),
        "day": ("day", "days"),
        "week": ("week", "weeks"),
        "month": ("month", "months"),
        "year": ("year", "years"),
    },
    day_kinds={
        "calendar": ("calendar",),
        "working": ("working", "business", "work"),
        "elapsed": ("elapsed", "elapsed calendar"),
    },
    from_words=("of", "after", "from", "following", "since", "before"),
    all_words=("and", "all of", "both"),
    any_words=("or", "any of", "either", "one of"),
    true_words=("yes", "true", "y"),
    placeholders=("todo", "tbd", "tba", "tbc", "fixme", "xxx", "n.n", "yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy",
                  "to be defined", "to be determined", "to be done"),
    site={
        "process": "Process",
        "processes": "Processes",
        "procedure": "Procedure",
        "procedures": "Procedures",
        "role": "Role",
        "roles": "Roles",
        "record": "Record",
        "records": "Records",
        "page": "Page",
        "section": "Index",
        "plural": "{word}s",
        "missing": "not stated",
        "missing.label": "Not stated",
        "dash": "–",
        # Facts, in the block under a title.
        "fact.purpose": "Outcome",
        "fact.customer": "Customer",
        "fact.indicators": "Indicators",
        "fact.feedback": "Feedback",
        "fact.trigger": "When",
        "fact.inputs": "Inputs",
        "fact.outputs": "Outputs",
        "fact.roles": "Roles",
        "fact.risk": "Risk",
        "fact.part_of": "Part of",
        "fact.prerequisites": "Before you start",
        "fact.competence": "Competence",
        "fact.owner": "Owner",
        "fact.status": "Status",
        "fact.version": "Version",
        "fact.effective": "Effective",
        "fact.approved_by": "Approved by",
        "fact.change_reason": "Changed because",
        "fact.supersedes": "Supersedes",
        "fact.review": "Review",
        "fact.clauses": "Clauses",
        "fact.done_when": "Done when",
        "fact.may_deviate": "Who may deviate",
        "fact.stand_in": "Stand-in",
        "fact.named_by": "Named by",
        "fact.may_not": "May not",
        "fact.template": "Template",
        "fact.fields": "Fields",
        "fact.states": "States",
        "fact.kept": "Kept in",
        "fact.kept_for": "Kept for",
        "value.draft": "Draft",
        "value.in review": "In review",
        "value.effective": "Effective",
        "value.superseded": "Superseded",
        "value.withdrawn": "Withdrawn",
        "value.low": "Low",
        "value.medium": "Medium",
        "value.high": "High",
        "banner.draft": "Not in force yet.",
        "banner.in review": "Not in force until it is approved.",
        "banner.superseded": "Another page has taken its place: do not work by this one.",
        "banner.withdrawn": "No longer in force: do not work by it.",
        "review.every": "every {value}",
        "review.last": "last on {value}",
        "review.next": "due on {value}",
        # The place of a procedure in its process.
        "why": "Step {number} of {home}, so that {why}.",
        "why.to": "Step {number} of {home}, to {why}.",
        "why.so": "Step {number} of {home}, so that {why}.",
        "why.none": "Step {number} of {home}.",
        "why.part": "Part of {home}, so that {why}.",
        "why.to.part": "Part of {home}, to {why}.",
        "why.so.part": "Part of {home}, so that {why}.",
        "why.none.part": "Part of {home}.",
        "why.to.start": "to ",
        "why.so.start": "so that ",
        "why.lower": "yes",
        "place": "{number} of {count}",
        "before": "Before:",
        "after": "Next:",
        "order.any": "In any order, as the situation asks.",
        "order.ongoing": "Ongoing duties, in no fixed order.",
        "part.does": "does",
        "part.approves": "approves",
        "part.asked": "is asked",
        "part.told": "is told",
        "part.takes part": "takes part",
        # The activities of a process.
        "counts": "{fixed} fixed, {judgement} left to judgement, {unsaid} unsaid",
        "rail.fixed": "Fixed",
        "rail.judgement": "Judgement",
        "rail.unsaid": "Unsaid",
        "activities.of": "Activities of {title}",
        "activities.caption": "Activities in the order of the flow",
        "warning.no_rail": "High risk without a rail: no steps in the flow hold",
        "warning.unsaid_risk": "High risk without a rail: some activities are neither fixed nor left to somebody’s judgement.",
        "warning.all_rails": "Everything is on rails, and no indicator, no feedback and nobody’s judgement tells whether the "
                             "outcome is still reached.",
        "column.number": "No.",
        "column.activity": "Activity",
        "column.activities": "Activities",
        "column.role": "Who",
        "column.held": "Held by",
        "column.risk": "Risk",
        "column.steps": "Steps",
        "column.in": "Takes part in",
        "column.owns": "Owns",
        "column.when": "When this happens",
        "column.do": "Do this",
        # At a step.
        "warning": "Warning:",
        "optional": "(optional)",
        "call": "Do all of it ({steps}), then come back here.",
        "hand_over": "It takes over from here ({steps}).",
        "permalink": "Link to this step",
        "permalink.of": "Link to step {number}: {name}",
        "copied": "Link copied",
        "wrong": "This step is wrong",
        "wrong.of": "Step {number} is wrong: {name}",
        "steps.one": "{number} step",
        "steps.many": "{number} steps",
        # At the end of a page.
        "source": "said here",
        "used_in": "Used in",
        "mentioned_in": "Mentioned in",
        "in_step": "step",
        "made_in": "Made in",
        "used_by": "Used in",
        "duty.does": "Does",
        "duty.approves": "Approves",
        "duty.asked": "Is asked",
        "duty.told": "Is told",
        "duty.takes part": "Takes part in",
        "duty.owns": "Owns",
        # Pages of Handrail's own.
        "section": "Registers",
        "page.index": "Overview",
        "page.triggers": "When this happens",
        "page.all": "{kinds}",
        "about.triggers": "Every trigger, and what to do.",
        "about.processes": "What we do from end to end, and for whom.",
        "about.procedures": "The steps that come out the same every time.",
        "about.roles": "Who does, approves, is asked and is told what.",
        "about.records": "What is written down, by whom, and where it is kept.",
        "areas": "Areas:",
        "area.none": "In no area",
        "role.named": "This role has no page of its own; this is what the handbook says of it.",
        "filter": "Filter",
        # A reader's run through a procedure; read by the script.
        "run.begin": "Tick off the steps",
        "run.label": "Run of {title}",
        "run.progress": "{done} of {all} done",
        "run.done": "All steps are done.",
        "run.begun": "begun {when}",
        "run.reset": "Start over",
        "run.end": "End",
        "run.sure": "Forget these ticks?",
        "run.changed": "The steps have changed since this run was begun.",
        "run.gone": "{count} ticked steps are no longer there.",
        "run.keep": "Go on with the steps as they are now",
        "run.forgetful": "This browser cannot remember the ticks once the page is left.",
        "run.tick": "Done: {step}",
        "run.yes": "Yes",
        "run.no": "No",
    },
)
